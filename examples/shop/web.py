"""The shop over HTTP: an interface in JSON, and the page that uses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from examples.shop import cart, courses, fields, inventory, payments
from examples.shop.database import Database
from examples.shop.errors import Unreadable
from examples.shop.fields import text, whole_number

LARGEST_REQUEST = 64 * 1024

pages = Blueprint("shop", __name__)


def make_app(database: Database, trouble: Callable[[], str | None]) -> Flask:
    """`trouble` says what keeps the shop from working, nothing when it is fine."""
    app = Flask("examples.shop")
    app.json.sort_keys = False  # type: ignore[attr-defined] # what stands there by default has it
    app.config.update(DATABASE=database, TROUBLE=trouble, MAX_CONTENT_LENGTH=LARGEST_REQUEST)
    app.register_blueprint(pages)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Unreadable, _unreadable)
    return app


@pages.get("/")
def show_shop() -> str:
    return render_template("shop.html", courses=courses.COURSES)


@pages.get("/health")
def show_health() -> tuple[Response, int]:
    reason = current_app.config["TROUBLE"]()
    return jsonify(ready=reason is None, reason=reason), 503 if reason else 200


@pages.get("/products")
def list_products() -> Response:
    with _database().reading() as database:
        return jsonify(inventory.products(database, request.args.get("search", "")))


@pages.get("/products/<product_id>")
def show_product(product_id: str) -> Response:
    with _database().reading() as database:
        return jsonify(_known(inventory.product(database, product_id), "product", product_id))


@pages.put("/products/<product_id>")
def put_product(product_id: str) -> Response:
    given = {"threshold": 0, **_given()}
    name, price, threshold = text(given, "name"), whole_number(given, "price", 0), whole_number(given, "threshold", 0)
    with _database().transaction() as database:
        inventory.put_product(database, product_id, name, price, threshold)
        return jsonify(inventory.product(database, product_id))


@pages.get("/carts/<cart_id>")
def show_cart(cart_id: str) -> Response:
    with _database().reading() as database:
        return jsonify(cart.cart(database, cart_id))


@pages.post("/carts/<cart_id>/items")
def add_item(cart_id: str) -> tuple[Response, int]:
    given = _given()
    product_id, quantity = text(given, "productId"), whole_number(given, "quantity", 1)
    with _database().transaction() as database:
        product = _known(inventory.product(database, product_id), "product", product_id)
        cart.add_item(database, cart_id, product, quantity)
        return jsonify(cart.cart(database, cart_id)), 201


@pages.delete("/carts/<cart_id>/items/<product_id>")
def remove_item(cart_id: str, product_id: str) -> Response:
    with _database().transaction() as database:
        if not cart.remove_item(database, cart_id, product_id):
            abort(404, f"there is no '{product_id}' in the cart '{cart_id}'")
        return jsonify(cart.cart(database, cart_id))


@pages.post("/courses/<course_id>/enrollments")
def enroll(course_id: str) -> tuple[Response, int]:
    student = text(_given(), "student")
    _known(courses.COURSES.get(course_id), "course", course_id)
    with _database().transaction() as database:
        return jsonify(courses.enroll(database, course_id, student)), 202


@pages.get("/enrollments/<enrollment_id>")
def show_enrollment(enrollment_id: str) -> Response:
    with _database().reading() as database:
        return jsonify(_known(courses.enrollment(database, enrollment_id), "enrollment", enrollment_id))


@pages.post("/payments")
def pay() -> tuple[Response, int]:
    given = _given()
    amount, cart_id = whole_number(given, "amount", 1), text(given, "cartId") if "cartId" in given else None
    currency = text(given, "currency") if "currency" in given else "EUR"
    with _database().transaction() as database:
        return jsonify(payments.request(database, amount, cart_id, currency)), 202


@pages.get("/payments/<payment_id>")
def show_payment(payment_id: str) -> Response:
    with _database().reading() as database:
        return jsonify(_known(payments.payment(database, payment_id), "payment", payment_id))


def _refused(error: HTTPException) -> tuple[Response, int]:
    return jsonify(error=error.description), error.code or 500


def _unreadable(error: Unreadable) -> tuple[Response, int]:
    return jsonify(error=str(error)), 400


def _database() -> Database:
    database: Database = current_app.config["DATABASE"]
    return database


def _given() -> fields.Fields:
    """The request's JSON."""
    return fields.read(request.get_data())


def _known(found: Any, what: str, name: str) -> Any:
    if found is None:
        abort(404, f"there is no {what} '{name}'")
    return found
