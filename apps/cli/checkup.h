// What aozora doctor prints, and its look at servers.
#pragma once

#include <string>
#include <vector>

#include "apps/cli/server_options.h"

namespace apps {

class Checkup {
public:
    // Prints one line; a thing that is not ok makes the whole checkup fail.
    void line(bool ok, const std::string& what, const std::string& detail);
    void hint(const std::string& what, const std::string& detail);
    bool good() const { return good_; }

private:
    bool good_ = true;
};

// Whether `aozora serve` would start with these options and could do its work; changes nothing and
// makes no folder. `listen` replaces the configuration's addresses unless it is empty.
void check_server(const ServerArguments& arguments, const std::vector<std::string>& listen,
                  Checkup& checkup);

}  // namespace apps
