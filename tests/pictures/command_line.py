"""What the guide's picture of the command line shows, with the commands in front of it.

python -m tests.pictures.command_line
"""

from __future__ import annotations

import os
import subprocess
import sys

from KafkaLibrary import KafkaLibrary
from tests.kafka.__main__ import ADDRESS
from tests.places import ROOT

TOPIC = "orders"
COMMANDS = (
    ["peek", TOPIC, "status == PAID", "total >= 100"],
    ["wait", TOPIC, "orderId == 42", "status == PAID", "--since=10m", "--timeout=2 s"],
    ["topics", TOPIC, "--long"],
)


def main() -> None:
    kafka = KafkaLibrary(os.environ[ADDRESS])
    if TOPIC in kafka.get_topics():
        kafka.delete_topic(TOPIC)
    kafka.create_topic(TOPIC)
    for number, (status, total) in enumerate([("PAID", 120.5), ("PAID", 12), ("NEW", 99.9), ("PAID", 301)], 40):
        order = {"orderId": number, "status": status, "total": total}
        kafka.publish_event(TOPIC, order, key=str(number), headers={"source": "web"})
    for arguments in COMMANDS:
        shown = " ".join(f'"{one}"' if " " in one else one for one in arguments)
        sys.stdout.write(f"$ python -m KafkaLibrary {shown}\n")
        sys.stdout.flush()
        subprocess.run([sys.executable, "-m", "KafkaLibrary", *arguments], cwd=ROOT, check=False)
        sys.stdout.write("\n")
    kafka.delete_topic(TOPIC)


if __name__ == "__main__":
    main()
