*** Settings ***
Documentation     What the shop's page owes to who tests it: it hides nothing, and shows nothing that is over.

Resource          resources/shop.resource
Resource          resources/shop_page.resource

Suite Setup       Open The Shop
Suite Teardown    Stop All Shops

Test Tags         browser


*** Variables ***
# The next answer to a question for products is held until LET_GO, and each count that the page shows is kept.
${HOLD}       SEPARATOR=\n
...           () => {
...           const ask = window.fetch;
...           const hold = new Promise((go) => (window.letGo = go));
...           window.fetch = async (path, ...rest) => {
...           const answer = await ask(path, ...rest);
...           if (path.startsWith("/products") && !window.held) { window.held = true; await hold; }
...           return answer;
...           };
...           window.shown = [];
...           const count = document.querySelector(".count");
...           new MutationObserver(() => window.shown.push(count.textContent)).observe(count, { childList: true });
...           }
${IS_HELD}    () => window.held === true
${LET_GO}     () => window.letGo()
${SHOWN}      () => [...new Set(window.shown)].join(" ")


*** Test Cases ***
What Did Not Work Is Said Until The Next Step
    ${product}=    New Product
    ${cart}=    New Cart
    Open Shop Page    ${cart}    search=${product}
    Enroll On The Page    ${{ 'x' * 1001 }}
    Get Text    id=trouble    contains    at most 1000 characters
    Increase Product Count    ${product}    5
    Count On The Page Should Be    ${product}    5
    Get Element States    id=trouble    contains    visible
    Enroll On The Page    Ada
    Wait For Elements State    id=trouble    hidden

Any Id Can Stand In An Address
    ${product}=    New Product
    VAR    ${cart}    50% off? #1 ${product}
    Open Shop Page    ${{ urllib.parse.quote($cart) }}    search=${product}
    Click    [data-id="${product}"] >> text=Add to cart
    Wait For Event    cart.events    type == ItemAdded    cartId == ${cart}
    Click    id=cart >> css=.remove
    Wait For Event    cart.events    type == ItemRemoved    cartId == ${cart}

An Older Answer Is Not Shown After A Newer One
    ${product}=    New Product
    ${cart}=    New Cart
    Open Shop Page    ${cart}    search=${product}
    Count On The Page Should Be    ${product}    0
    Evaluate JavaScript    ${None}    ${HOLD}
    Wait For Function    ${IS_HELD}
    Change Counts While An Answer Is Held    ${product}
    ${shown}=    Evaluate JavaScript    ${None}    ${SHOWN}
    Should Match Regexp    ${shown}    ^(0 )*5 7$


*** Keywords ***
Enroll On The Page
    [Arguments]    ${student}
    Fill Text    id=student    ${student}
    Click    text=Enroll

Change Counts While An Answer Is Held
    [Documentation]    The page asks by itself only when it has its answer, and at each click.
    [Arguments]    ${product}
    Increase Product Count    ${product}    5
    Click    [data-id="${product}"] >> text=Add to cart
    Count On The Page Should Be    ${product}    5
    Evaluate JavaScript    ${None}    ${LET_GO}
    Increase Product Count    ${product}    2
    Count On The Page Should Be    ${product}    7
