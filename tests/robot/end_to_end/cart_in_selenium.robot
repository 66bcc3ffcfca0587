*** Settings ***
Documentation    The cart's page once more, by SeleniumLibrary.

Library          OperatingSystem
Library          SeleniumLibrary    timeout=5 s
Resource         resources/shop.resource

Suite Setup      Chromium And Its Driver Should Be There

Test Tags        browser


*** Variables ***
${CHROMIUM}          /usr/bin/chromium
${CHROMEDRIVER}      /usr/bin/chromedriver
${CHROME_OPTIONS}    SEPARATOR=;
...                  add_argument("--no-sandbox")
...                  add_argument("--disable-gpu")
...                  add_argument("--disable-dev-shm-usage")
...                  binary_location="${CHROMIUM}"


*** Test Cases ***
Adding On The Page Publishes An Event
    ${product}=    New Product    name=Copper ladle
    ${cart}=    New Cart
    Open Browser    ${SHOP}/?cart=${cart}&search=${product}    headlesschrome
    ...    options=${CHROME_OPTIONS}
    ...    service=executable_path="${CHROMEDRIVER}"
    Wait Until Element Is Visible    css:[data-id="${product}"] .add
    Click Button    css:[data-id="${product}"] .add
    ${event}=    Wait For Event    cart.events    type == ItemAdded    cartId == ${cart}
    Event Field Should Be    ${event}    $.productId    ${product}
    Wait Until Element Contains    id:cart    Copper ladle
    [Teardown]    Close All Browsers


*** Keywords ***
Chromium And Its Driver Should Be There
    FOR    ${program}    IN    ${CHROMIUM}    ${CHROMEDRIVER}
        File Should Exist    ${program}
        ...    ${program} is missing. Install it (Debian: apt-get install chromium chromium-driver).
    END
