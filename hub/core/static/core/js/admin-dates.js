/* The calendar of the admin puts today in the place of a date that it cannot read, without a word:
   what is typed stays as typed, and the form says what is wrong with it. */
"use strict";

jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
