*** Settings ***
Documentation    Who enrolls in a course is welcomed: an event answers an event.

Resource         resources/shop.resource
Resource         resources/shop_page.resource


*** Test Cases ***
Who Enrolls Is Welcomed
    ${enrollment}=    Enroll    Ada    course=C-2
    ${enrolled}=    Wait For Event    course.enrollments    enrollmentId == ${enrollment}
    Event Should Match    ${enrolled}    type == StudentEnrolled    courseId == C-2    student == Ada
    ${welcome}=    Wait For Event    course.welcomes    enrollmentId == ${enrollment}
    Event Should Match Schema    ${enrolled}    ${SCHEMAS}/course_event.json
    Event Should Match Schema    ${welcome}    ${SCHEMAS}/course_event.json
    Event Should Match    ${welcome}    text == Welcome to Binding books, Ada!    key == C-2
    ${answer}=    GET    ${SHOP}/enrollments/${enrollment}
    Should Be Equal    ${answer.json()}[welcome]    Welcome to Binding books, Ada!

Enrolling On The Page Shows The Welcome
    [Tags]    browser
    VAR    ${student}    Student ${{ uuid.uuid4().hex[:6] }}
    ${cart}=    New Cart
    Open Shop Page    ${cart}
    Fill Text    id=student    ${student}
    Select Options By    id=course    label    Mending clocks
    Click    text=Enroll
    Wait For Event    course.welcomes    student == ${student}    courseId == C-3
    Get Text    id=welcome    ==    Welcome to Mending clocks, ${student}!

Nobody Is Welcomed Twice
    ${enrollment}=    Enroll    Ada
    ${enrolled}=    Wait For Event    course.enrollments    enrollmentId == ${enrollment}
    ${again}=    Publish Event    course.enrollments    ${enrolled.value}    key=C-1
    Wait Until Event Is Consumed    ${again}    shop-welcome
    Wait For Event    course.welcomes    enrollmentId == ${enrollment}
    Event Count Should Be    course.welcomes    1    enrollmentId == ${enrollment}    within=0.3 s
