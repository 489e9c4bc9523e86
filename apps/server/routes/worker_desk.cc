#include "apps/server/routes/worker_desk.h"

#include <cstdlib>

namespace server {

ApiError lost() {
    ApiError error{409, "This job belongs to somebody else now.", "invalid_request_error", "",
                   "lease_lost"};
    error.never_retry = true;
    return error;
}

Answer<base::Json> body_json(const http::Request& request) {
    auto parsed = base::parse_json(request.body, "body");
    if (!parsed.ok()) return bad_value("", parsed.error().text(), "invalid_json");
    if (!parsed->is_object()) return bad_value("", "expected an object", "invalid_json");
    return *parsed;
}

int64_t job_id(const http::RequestHead& head) {
    return std::atoll(std::string(head.param("job_id")).c_str());
}

int attempt_of_query(const http::RequestHead& head) {
    const std::string* text = head.query.get("attempt");
    return text ? std::atoi(text->c_str()) : 0;
}

int attempt_of(const base::Json& body) {
    return body.contains("attempt") && body.at("attempt").is_number_integer()
               ? body.at("attempt").get<int>()
               : 0;
}

std::string text_of(const base::Json& body, const char* name) {
    return body.contains(name) && body.at(name).is_string() ? body.at(name).get<std::string>() : "";
}

base::Result<bool> holds(App& app, int64_t job, int attempt) {
    const auto row = TRY(app.queue->find(job));
    return row && row->state == store::JobState::Leased && row->attempt == attempt;
}

}  // namespace server
