"""Courses: who enrolls is welcomed, by an event that answers an event."""

from __future__ import annotations

import sqlite3
import uuid
from typing import Any

from examples.shop.events import Received, publish
from examples.shop.fields import text

ENROLLMENTS = "course.enrollments"
WELCOMES = "course.welcomes"
COURSES = {"C-1": "Throwing clay", "C-2": "Binding books", "C-3": "Mending clocks"}


def enroll(database: sqlite3.Connection, course: str, student: str) -> dict[str, Any]:
    enrollment = str(uuid.uuid4())
    database.execute("insert into enrollments (id, course, student) values (?, ?, ?)", [enrollment, course, student])
    publish(
        database, ENROLLMENTS, course, type="StudentEnrolled", enrollmentId=enrollment, courseId=course, student=student
    )
    return {"enrollmentId": enrollment, "courseId": course, "student": student, "welcome": None}


def enrollment(database: sqlite3.Connection, enrollment_id: str) -> dict[str, Any] | None:
    row = database.execute(
        'select id as "enrollmentId", course as "courseId", student, welcome from enrollments where id = ?',
        [enrollment_id],
    ).fetchone()
    return row and dict(row)


def welcome(database: sqlite3.Connection, event: Received) -> None:
    """Takes an event of `course.enrollments`."""
    fields = event.fields()
    enrollment_id, course, student = (text(fields, name) for name in ("enrollmentId", "courseId", "student"))
    greeting = f"Welcome to {COURSES.get(course, course)}, {student}!"
    changed = database.execute(
        "update enrollments set welcome = ? where id = ? and welcome is null", [greeting, enrollment_id]
    )
    # Of one that comes again nothing changes, and nobody is welcomed twice.
    if changed.rowcount:
        publish(
            database,
            WELCOMES,
            course,
            type="StudentWelcomed",
            enrollmentId=enrollment_id,
            courseId=course,
            student=student,
            text=greeting,
        )
