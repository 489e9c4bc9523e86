// Workers that wait for work: a claim that finds nothing is kept open and answered when a job
// comes.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "apps/server/core/app.h"

namespace server {

class Claims {
public:
    explicit Claims(App& app) : app_(app) {}
    // The job, or an answer that comes within `wait_s` (204 when there was none).
    http::Response ask(const std::string& worker, const store::Capabilities& can, double wait_s);
    // Tries for everybody who waits; called on a wake and every second. May block.
    void serve_waiting();
    size_t waiting() const;

private:
    struct Waiting {
        std::string worker;
        store::Capabilities can;
        std::shared_ptr<http::Later> later;
    };
    base::Result<std::optional<http::Response>> try_claim(const std::string& worker,
                                                          const store::Capabilities& can,
                                                          store::Lease* lease);
    App& app_;
    mutable std::mutex lock_;
    std::list<Waiting> waiting_;
    std::mutex serving_;
};

}  // namespace server
