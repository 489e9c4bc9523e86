// What the calls of workers share: whose job it is, and what was heard of it.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "apps/server/core/api_error.h"
#include "apps/server/core/app.h"
#include "apps/server/core/claims.h"

namespace server {

// What the server remembers of the leases it hears from; only to spare the database.
class Beats {
public:
    struct Seen {
        int attempt = 0;
        std::string video_id;
        bool video_known = false;
        std::chrono::steady_clock::time_point stored{};
    };
    Seen get(int64_t job) {
        const std::lock_guard guard(lock_);
        return seen_[job];
    }
    void put(int64_t job, Seen seen) {
        const std::lock_guard guard(lock_);
        if (seen_.size() > 10'000) seen_.clear();
        seen_[job] = std::move(seen);
    }
    // Gives the video's id, "" when it was never looked up.
    std::string end(int64_t job) {
        const std::lock_guard guard(lock_);
        const auto found = seen_.find(job);
        if (found == seen_.end()) return "";
        std::string id = std::move(found->second.video_id);
        seen_.erase(found);
        return id;
    }

private:
    std::mutex lock_;
    std::unordered_map<int64_t, Seen> seen_;
};

struct Desk {
    App& app;
    Claims claims;
    Beats beats;
    std::shared_ptr<void> listener;
    explicit Desk(App& a) : app(a), claims(a) {}
    // Nothing is remembered of a job that this worker has given back, of deleted videos either.
    void forget(int64_t job) {
        if (const std::string id = beats.end(job); !id.empty()) app.board.end_live(id);
    }
};

ApiError lost();  // 409: the job is somebody else's now

Answer<base::Json> body_json(const http::Request& request);  // an object
int64_t job_id(const http::RequestHead& head);
int attempt_of_query(const http::RequestHead& head);  // 0: none, which no attempt has
int attempt_of(const base::Json& body);
std::string text_of(const base::Json& body, const char* name);  // "" where there is no text
// Whether this attempt has the job's lease. Only a look: what must not be overtaken looks again in
// its transaction.
base::Result<bool> holds(App& app, int64_t job, int attempt);

// worker_files.cc: bytes for workers and from them.
http::Response get_input(Desk& desk, http::Request& request);
http::Response put_part(Desk& desk, http::Request& request);
http::Response put_output(Desk& desk, http::Request& request);
http::Response ask_upload(Desk& desk, http::Request& request);
http::Response take_upload(Desk& desk, http::Request& request);

}  // namespace server
