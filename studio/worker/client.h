// A worker's side of the calls of docs/formats/job.md. Every call is one exchange over base/net;
// all are safe to make from several threads at once.
//
// A call whose connection breaks, or that is answered 429 or 5xx, is made again with back-off (0.25
// s, doubling up to 8 s) for `retry_s`: all calls may be repeated, the attempt number is the fence.
//
// Where the server keeps its blobs in a bucket, inputs come from there and larger outputs and parts
// go there, at addresses that the server gives; when that fails, through the server.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/json/json.h"
#include "base/net/http_client.h"
#include "base/signal/source.h"

namespace studio {

struct ClientOptions {
    std::string server;  // "https://host", "http://host:8080" or "unix:/path/of.socket"
    std::string token;
    std::string worker;  // "node/3"
    std::string version;
    // What this worker can do; no models = any of its engines'.
    std::vector<std::string> engines = {"world"}, models;
    double retry_s = 120;
};

struct ClaimedInput {
    std::string name, sha256;
    int64_t bytes = 0;
    bool made_here = false;  // a film that this server's workers made
    std::string url;         // where it lies, past the server; may be empty
};

struct Claim {
    int64_t id = 0;
    int attempt = 0;
    std::string kind;
    base::Json payload;
    std::string checkpoint;  // JSON text of an earlier attempt, "" = none
    std::vector<ClaimedInput> inputs;
    std::vector<std::string> parts;  // of earlier attempts
    double lease_s = 60, heartbeat_s = 10;
};

enum class Orders { Go, Cancel, Lost };

// Whether the job is still ours.
enum class Fence { Ours, Lost };

struct Beat {
    int progress = 0;
    std::string stage;
    int64_t frame = 0, frames = 0;
    std::optional<std::string> checkpoint;  // JSON text
};

class DeskClient {
public:
    // Errors (Usage): an address that is none.
    static base::Result<DeskClient> create(const ClientOptions& options);

    // nullopt: nothing to do within `wait_s`. Not repeated on errors; the caller asks again. An
    // Error of kind Usage means that asking again is useless (the token is not known).
    base::Result<std::optional<Claim>> claim(double wait_s, const base::CancelToken* cancel) const;
    // Not repeated either: the next one will tell.
    base::Result<Orders> heartbeat(const Claim& job, const Beat& beat) const;
    base::Status fetch(const Claim& job, const ClaimedInput& input, const std::string& path,
                       const base::CancelToken* cancel) const;
    base::Status fetch_part(const Claim& job, const std::string& name, const std::string& path,
                            const base::CancelToken* cancel) const;
    base::Status put_preview(const Claim& job, const std::string& jpeg) const;
    base::Result<Fence> put_part(const Claim& job, const std::string& name, const std::string& path,
                                 const base::CancelToken* cancel) const;
    // The SHA-256 that the server counted, which is that of the file; nullopt when lost.
    base::Result<std::optional<std::string>> put_output(const Claim& job, const std::string& name,
                                                        const std::string& path,
                                                        const base::CancelToken* cancel) const;
    base::Result<Fence> complete(const Claim& job,
                                 const std::map<std::string, std::string>& outputs,
                                 const base::Json& result) const;
    base::Result<Fence> fail(const Claim& job, bool permanent, const std::string& code,
                             const std::string& message) const;
    base::Result<Fence> cancelled(const Claim& job) const;
    base::Result<Fence> release(const Claim& job) const;

private:
    DeskClient() = default;
    base::HttpRequest request(const std::string& method, const std::string& path) const;
    base::Result<base::HttpResponse> exchange(const base::HttpRequest& request,
                                              double retry_s) const;
    base::Result<Fence> post(const Claim& job, const std::string& what, base::Json body,
                             double retry_s) const;
    base::Status download(const base::HttpRequest& request, const std::string& path,
                          int64_t most_bytes, double retry_s) const;
    // Straight into the server's bucket. nullopt: not this way; through the server then.
    base::Result<std::optional<Fence>> put_past_server(const Claim& job, const std::string& kind,
                                                       const std::string& name,
                                                       const std::string& path,
                                                       const std::string& known_sha256,
                                                       const base::CancelToken* cancel) const;
    static base::HttpRequest past_server(const std::string& method, const std::string& url,
                                         const base::CancelToken* cancel);
    bool goes_past_server() const;
    void through_server_only(const std::string& why) const;  // after trouble, for a while

    ClientOptions options_;
    // Until then (ms of the steady clock) everything goes through the server.
    std::shared_ptr<std::atomic<int64_t>> past_server_from_ms_ =
        std::make_shared<std::atomic<int64_t>>(0);
    std::string base_url_, socket_;
};

}  // namespace studio
