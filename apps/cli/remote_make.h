// `aozora make --engine remote:...`: the film is made by another server of the Videos API.
#pragma once

#include <string>

#include "apps/cli/options.h"
#include "studio/remote/client.h"

namespace apps {

bool is_remote(const std::string& engine);

// The server that "remote:NAME" or "remote:https://host/v1" means. NAME's address, key and model
// stand in AOZORA_REMOTE_<NAME>_URL, _KEY and _MODEL (NAME in capitals, other signs as _); those of
// a plain address in AOZORA_REMOTE_KEY and AOZORA_REMOTE_MODEL.
struct RemoteEngine {
    studio::RemoteServer server;
    std::string model;
};
base::Result<RemoteEngine> remote_engine(const std::string& engine);

// Makes the film and prints where it lies. Exit code.
int run_remote(const std::string& source, const FilmOptions& options);

}  // namespace apps
