"""The shop over HTTP: an interface in JSON, and the page that uses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from examples.shop import cart, courses, inventory, payments
from examples.shop.database import Database

pages = Blueprint("shop", __name__)


def make_app(database: Database, trouble: Callable[[], str | None]) -> Flask:
    """`trouble` says what keeps the shop from working, nothing when it is fine."""
    app = Flask("examples.shop")
    app.json.sort_keys = False  # type: ignore[attr-defined] # what stands there by default has it
    app.config.update(DATABASE=database, TROUBLE=trouble)
    app.register_blueprint(pages)
    app.register_error_handler(HTTPException, _refused)
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
    name, price, threshold = _given("name", str), _given("price", int), _given("threshold", int, 0)
    with _database().transaction() as database:
        inventory.put_product(database, product_id, name, price, threshold)
        return jsonify(inventory.product(database, product_id))


@pages.get("/carts/<cart_id>")
def show_cart(cart_id: str) -> Response:
    with _database().reading() as database:
        return jsonify(cart.cart(database, cart_id))


@pages.post("/carts/<cart_id>/items")
def add_item(cart_id: str) -> tuple[Response, int]:
    product_id, quantity = _given("productId", str), _given("quantity", int)
    if quantity < 1:
        abort(400, f"'quantity' is {quantity}, not 1 or more")
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
    student = _given("student", str)
    _known(courses.COURSES.get(course_id), "course", course_id)
    with _database().transaction() as database:
        return jsonify(courses.enroll(database, course_id, student)), 202


@pages.get("/enrollments/<enrollment_id>")
def show_enrollment(enrollment_id: str) -> Response:
    with _database().reading() as database:
        return jsonify(_known(courses.enrollment(database, enrollment_id), "enrollment", enrollment_id))


@pages.post("/payments")
def pay() -> tuple[Response, int]:
    amount, cart_id = _given("amount", int), _given("cartId", str, None)
    if amount < 1:
        abort(400, f"'amount' is {amount}, not 1 cent or more")
    with _database().transaction() as database:
        return jsonify(payments.request(database, amount, cart_id)), 202


@pages.get("/payments/<payment_id>")
def show_payment(payment_id: str) -> Response:
    with _database().reading() as database:
        return jsonify(_known(payments.payment(database, payment_id), "payment", payment_id))


def _refused(error: HTTPException) -> tuple[Response, int]:
    return jsonify(error=error.description), error.code or 500


def _database() -> Database:
    database: Database = current_app.config["DATABASE"]
    return database


REQUIRED = object()
WORDS = {int: "a whole number", str: "a text"}


def _given(name: str, kind: type, default: Any = REQUIRED) -> Any:
    """A field of the request's JSON."""
    fields = request.get_json(silent=True)
    if not isinstance(fields, dict):
        abort(400, "the request needs a JSON object")
    value = fields.get(name, default)
    if value is REQUIRED:
        abort(400, f"'{name}' is missing")
    # To Python true is an integer.
    if value is not default and (not isinstance(value, kind) or isinstance(value, bool)):
        abort(400, f"'{name}' is not {WORDS[kind]}")
    return value


def _known(found: Any, what: str, name: str) -> Any:
    if found is None:
        abort(404, f"there is no {what} '{name}'")
    return found
