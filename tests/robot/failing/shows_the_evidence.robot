*** Settings ***
Documentation    Failures as the guide shows them.

Resource         resources/kafka.resource


*** Test Cases ***
The Order Is Confirmed
    Watch Topics    orders
    VAR    &{headers}    source=web    traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00
    Publish Event    orders    {"orderId": 43, "status": "PAID", "total": 12.50, "items": [{"sku": "P-3"}]}
    ...    key=43    headers=${headers}    partition=0
    Publish Event    orders
    ...    {"orderId": 42, "status": "NEW", "total": 1250.00, "items": [{"sku": "P-7"}, {"sku": "P-9"}]}
    ...    key=42    headers=${headers}    partition=0
    Wait For Event    orders    orderId == 42    status == PAID    items[*].sku == P-8    timeout=0.5 s
