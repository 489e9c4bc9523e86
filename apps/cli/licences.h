#pragma once

namespace apps {

// What is inside and under which terms; exit code.
int print_licences();

}  // namespace apps
