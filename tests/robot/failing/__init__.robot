*** Settings ***
Documentation    These suites must fail. Other suites run them one by one, and a run of all leaves them out.

Test Tags        robot:exclude
