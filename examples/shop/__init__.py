"""A small shop to try the tests on: products, carts, courses and payments over HTTP, on a page and on Kafka.

python -m examples.shop --kafka localhost:9092
"""
