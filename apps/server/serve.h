// `aozora serve`: opens what the configuration names, starts workers, answers until it is told to
// stop.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "apps/server/core/config.h"
#include "base/core/result.h"

namespace server {

struct ServeOptions {
    Config config;          // finished by finish_config()
    std::string given_key;  // AOZORA_API_KEY
    std::string program;    // this binary, for workers
    bool quiet = false;     // no words for people on stdout
};

// A running server; its death stops it at once.
class Running {
public:
    virtual ~Running() = default;
    virtual int port() const = 0;
    virtual const std::string& base_url() const = 0;
    virtual const std::string& made_key() const = 0;  // "" = there was one before
    virtual const std::string& login_link() const = 0;
    virtual bool healthy() = 0;  // for the watchdog
    // Refuses new work, lets requests and films in flight be handed back, stops.
    virtual void drain() = 0;
};

base::Result<std::unique_ptr<Running>> start_server(const ServeOptions& options);

// Until SIGTERM or SIGINT; a second one stops at once. Speaks to systemd where it asks for it
// (NOTIFY_SOCKET, WATCHDOG_USEC). Gives the exit code.
int serve_until_signal(const ServeOptions& options);

}  // namespace server
