"use strict";
// The page asks a few times a second, so that what events change is seen without a reload.
const ASK_AGAIN = 250;
const address = new URLSearchParams(location.search);
const cartId = address.get("cart") || (localStorage.cart ||= "c-" + Math.random().toString(36).slice(2, 10));
const one = (selector, within = document) => within.querySelector(selector);
const money = (cents) => "€ " + (cents / 100).toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
const pathOf = (...parts) => parts.map((part) => "/" + encodeURIComponent(part)).join("");
let payment = null;
let enrollment = null;
let refreshes = 0;
// What the last click came to, and what the last look; one must not hide the other.
const trouble = { act: "", look: "" };

async function ask(path, method = "GET", fields = undefined) {
  const answer = await fetch(path, {
    method,
    headers: fields && { "Content-Type": "application/json" },
    body: fields && JSON.stringify(fields),
  });
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.error);
  return content;
}

// Keeps an element for each id, so that a button does not go away under the pointer.
function list(parent, template, things, id, fill) {
  const there = new Map([...parent.children].map((element) => [element.dataset.id, element]));
  things.forEach((thing, place) => {
    let element = there.get(thing[id]);
    if (!element) {
      element = one(template).content.firstElementChild.cloneNode(true);
      element.dataset.id = thing[id];
    }
    there.delete(thing[id]);
    fill(element, thing);
    if (parent.children[place] !== element) parent.insertBefore(element, parent.children[place] || null);
  });
  there.forEach((element) => element.remove());
}

function showProduct(element, product) {
  const count = one(".count", element);
  if (count.textContent && count.textContent !== String(product.count)) {
    count.classList.remove("changed");
    void count.offsetWidth; // or the animation would not begin again
    count.classList.add("changed");
  }
  const hue = [...product.name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) * 37 % 170 + 10;
  one(".picture", element).textContent = product.name[0];
  one(".picture", element).style.background = `linear-gradient(135deg, hsl(${hue} 32% 62%), hsl(${hue + 30} 34% 42%))`;
  one("h3", element).textContent = product.name;
  one(".price", element).textContent = money(product.price);
  count.textContent = product.count;
  one(".in-stock", element).textContent = product.count && product.low ? "left, almost gone" : "in stock";
  one(".stock", element).className = "stock" + (product.count ? (product.low ? " low" : "") : " none");
  one(".add", element).onclick = () =>
    act(async () => showCart(await ask(pathOf("carts", cartId, "items"), "POST", { productId: product.id, quantity: 1 })));
}

function showCart(cart) {
  list(one("#cart"), "#item", cart.items, "productId", (element, item) => {
    one(".quantity", element).textContent = item.quantity + " ×";
    one(".name", element).textContent = item.name;
    one(".price", element).textContent = money(item.price * item.quantity);
    one(".remove", element).onclick = () =>
      act(async () => showCart(await ask(pathOf("carts", cartId, "items", item.productId), "DELETE")));
  });
  one("#total").textContent = money(cart.total);
  one("#pay").disabled = !cart.total;
  one("#pay").onclick = () =>
    act(async () => (payment = await ask("/payments", "POST", { amount: cart.total, cartId })));
}

function say(selector, text, kind) {
  one(selector).hidden = !text;
  one(selector).textContent = text || "";
  one(selector).className = kind || "";
}

function showPayment() {
  const words = {
    requested: "Your payment is being checked …",
    approved: `Paid: ${payment && money(payment.amount)}. Thank you!`,
    rejected: "The payment was rejected: it is above the limit.",
  };
  if (payment) say("#payment", words[payment.status], { requested: "waiting", rejected: "rejected" }[payment.status]);
}

function showWelcome() {
  if (enrollment) say("#welcome", enrollment.welcome || "You are enrolled …", enrollment.welcome ? "" : "waiting");
}

function showTrouble(kind, text) {
  trouble[kind] = text;
  one("#trouble").textContent = trouble.act || trouble.look;
  one("#trouble").hidden = !one("#trouble").textContent;
}

async function act(action) {
  try {
    await action();
    showTrouble("act", "");
  } catch (error) {
    showTrouble("act", "That did not work: " + error.message);
  }
  await look();
}

// Answers may overtake each other: what an older look brings is not shown any more.
async function look() {
  const number = ++refreshes;
  const search = one("#search").value.trim();
  try {
    const [products, cart, paid, enrolled] = await Promise.all([
      ask("/products?search=" + encodeURIComponent(search)),
      ask(pathOf("carts", cartId)),
      payment && payment.status === "requested" ? ask(pathOf("payments", payment.paymentId)) : payment,
      enrollment && !enrollment.welcome ? ask(pathOf("enrollments", enrollment.enrollmentId)) : enrollment,
    ]);
    if (number !== refreshes) return;
    payment = paid;
    enrollment = enrolled;
    list(one("#products"), "#product", products, "id", showProduct);
    one("#nothing").hidden = products.length > 0;
    showCart(cart);
    showPayment();
    showWelcome();
    showTrouble("look", "");
  } catch {
    if (number === refreshes) showTrouble("look", "The shop does not answer. What you see may be old.");
  }
}

async function keepFresh() {
  await look();
  setTimeout(keepFresh, ASK_AGAIN);
}

one("#search").value = address.get("search") || "";
one("#search").oninput = () => act(async () => {});
one("#enroll").onsubmit = (submitted) => {
  submitted.preventDefault();
  act(async () => {
    enrollment = await ask(pathOf("courses", one("#course").value, "enrollments"), "POST", { student: one("#student").value });
  });
};
keepFresh();
