*** Settings ***
Documentation     The shop in HTTP, in the browser and on Kafka. One shop serves all suites of this folder;
...               each test has products, carts and payments of its own.

Resource          resources/shop.resource

Suite Setup       Open The Shop
Suite Teardown    Stop All Shops
