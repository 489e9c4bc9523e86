// Which handler a request belongs to. Patterns: "/v1/videos/{video_id}/content"; a last part
// "{rest*}" takes everything that follows. Literal parts win over {names}, so "/v1/videos/edits" is
// never taken for an id. HEAD goes to GET handlers. A path that exists for other methods gives 405
// with Allow; none gives the `not_found` answer.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/server/http/message.h"

namespace http {

// On a thread of the pool; may block.
using Handler = std::function<Response(Request&)>;
// On the I/O thread before anything else, for GET without a body: must not block (cache lookups
// only). nullopt = ask the Handler.
using FastHandler = std::function<std::optional<Response>(const RequestHead&)>;
// Before the body is read (authorisation, quotas); may block; an answer ends the request there.
using Gate = std::function<std::optional<Response>(RequestHead&)>;

struct Route {
    std::string method, pattern;
    Handler handler;
    FastHandler fast;
    Gate gate;
    int64_t most_body_bytes = 1 << 20;  // of the whole body; more is 413
    // Of what stays in memory: a body that is no form and no file, all text parts of a form
    // together.
    int64_t most_memory_bytes = 8 << 20;
    int64_t most_field_bytes = 256 << 10;  // of one text part of a form
    bool body_to_file = false;             // PUT of one file
};

class Router {
public:
    void add(Route route);
    struct Match {
        const Route* route = nullptr;  // nullptr: none
        std::vector<std::pair<std::string, std::string>> params;
        std::string allow;  // of a path that exists for other methods
    };
    Match find(std::string_view method, std::string_view path) const;
    const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

private:
    struct Node;
    std::vector<std::unique_ptr<Route>> routes_;
    std::shared_ptr<Node> root_;
};

}  // namespace http
