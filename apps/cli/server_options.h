// Where a server's data lies: options that serve, keys, backup, restore and doctor share.
#pragma once

#include <string>

#include "apps/server/core/config.h"

namespace CLI {
class App;
}

namespace apps {

struct ServerArguments {
    std::string data, database, blobs, config_file;
};

void add_server_options(CLI::App& command, ServerArguments& arguments);
// The file, then the options; not yet finished (server::finish_config).
base::Result<server::Config> read_server_config(const ServerArguments& arguments);

}  // namespace apps
