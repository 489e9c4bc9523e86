#include "studio/worker/client_calls.h"

#include <chrono>
#include <thread>

namespace studio {

using base::Json;
using Clock = std::chrono::steady_clock;

std::string job_path(const Claim& job, const std::string& what) {
    return "/internal/v1/jobs/" + std::to_string(job.id) + "/" + what;
}

std::string file_path(const Claim& job, const std::string& kind, const std::string& name) {
    return job_path(job, kind + "/" + name) + "?attempt=" + std::to_string(job.attempt);
}

bool is_plain_name(const std::string& name) {
    return !name.empty() && name.size() <= 64 && name.front() != '.' &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-.") == std::string::npos;
}

base::Error refusal(const base::HttpResponse& answer) {
    std::string message = "the server answered " + std::to_string(answer.status);
    if (const auto body = base::parse_json(answer.body, "answer"); body.ok()) {
        const Json& error =
            body->is_object() && body->contains("error") ? body->at("error") : *body;
        if (error.is_object() && error.contains("message") && error.at("message").is_string())
            message += ": " + error.at("message").get<std::string>();
    }
    return base::failed(message, answer.url);
}

base::Result<Json> json_of(const base::HttpResponse& answer) {
    if (!answer.ok()) return refusal(answer);
    Json body = TRY(base::parse_json(answer.body, "the server's answer"));
    if (!body.is_object()) return base::failed("the server's answer is no JSON object");
    return body;
}

bool worth_repeating(int status) { return status == 429 || status >= 500; }

void wait(double seconds, const base::CancelToken* cancel) {
    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    while (Clock::now() < end && !(cancel != nullptr && cancel->cancelled()))
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
}

}  // namespace studio
