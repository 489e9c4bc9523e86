#include "studio/worker/client.h"

#include <algorithm>
#include <chrono>

#include "base/text/text.h"
#include "studio/worker/client_calls.h"

namespace studio {
namespace {

using base::Json;
using Clock = std::chrono::steady_clock;

constexpr double kRelease_s = 5;  // a worker that is told to end does not linger

base::Result<Claim> read_claim(const Json& answer) {
    try {
        const Json& job = answer.at("job");
        Claim claim;
        claim.id = job.at("id").get<int64_t>();
        claim.attempt = job.at("attempt").get<int>();
        claim.kind = job.at("kind").get<std::string>();
        claim.payload = job.at("payload");
        if (job.contains("checkpoint") && !job.at("checkpoint").is_null())
            claim.checkpoint = job.at("checkpoint").dump();
        for (const Json& one : job.value("inputs", Json::array())) {
            ClaimedInput input{one.at("name").get<std::string>(), one.value("sha256", ""),
                               one.value("bytes", int64_t{0}), one.value("made_here", false),
                               one.value("url", "")};
            if (!is_plain_name(input.name)) return base::failed("an input has no plain name");
            claim.inputs.push_back(std::move(input));
        }
        for (const Json& one : job.value("parts", Json::array())) {
            claim.parts.push_back(one.get<std::string>());
            if (!is_plain_name(claim.parts.back())) return base::failed("a part has no plain name");
        }
        claim.lease_s = std::max(1.0, answer.value("lease_s", 60.0));
        claim.heartbeat_s = std::clamp(answer.value("heartbeat_s", 10.0), 0.05, claim.lease_s);
        return claim;
    } catch (const Json::exception& error) {
        return base::failed(std::string("the server's answer to a claim: ") + error.what());
    }
}

}  // namespace

base::Result<DeskClient> DeskClient::create(const ClientOptions& options) {
    DeskClient client;
    client.options_ = options;
    if (base::starts_with(options.server, "unix:")) {
        client.socket_ = options.server.substr(5);
        client.base_url_ = "http://localhost";
        if (client.socket_.empty() || client.socket_.front() != '/')
            return base::usage_error("a socket is given as unix:/path", options.server);
        return client;
    }
    if (!base::starts_with(options.server, "http://") &&
        !base::starts_with(options.server, "https://")) {
        return base::usage_error("a server is given as https://HOST, http://HOST or unix:/path",
                                 base::url_without_secrets(options.server));
    }
    client.base_url_ = options.server;
    while (base::ends_with(client.base_url_, "/")) client.base_url_.pop_back();
    return client;
}

base::HttpRequest DeskClient::request(const std::string& method, const std::string& path) const {
    base::HttpRequest request;
    request.method = method;
    request.url = base_url_ + path;
    request.unix_socket = socket_;
    request.allow_private = true;  // the operator chose the server
    request.max_redirects = 0;
    request.timeout_s = kShort_s;
    request.headers = {{"Authorization", "Bearer " + options_.token}};
    return request;
}

base::Result<base::HttpResponse> DeskClient::exchange(const base::HttpRequest& request,
                                                      double retry_s) const {
    const auto give_up = Clock::now() + std::chrono::duration<double>(retry_s);
    for (double pause_s = kFirstWait_s;; pause_s = std::min(2 * pause_s, kLongestWait_s)) {
        auto answer = base::http_exchange(request);
        const bool lost_connection = !answer.ok() && answer.error().kind == base::ErrorKind::Failed;
        if (!lost_connection && !(answer.ok() && worth_repeating(answer->status))) return answer;
        if (Clock::now() + std::chrono::duration<double>(pause_s) > give_up) return answer;
        wait(pause_s, request.cancel);
        if (request.cancel != nullptr) TRY(request.cancel->check());
    }
}

base::Result<std::optional<Claim>> DeskClient::claim(double wait_s,
                                                     const base::CancelToken* cancel) const {
    base::HttpRequest ask = request("POST", "/internal/v1/jobs/claim");
    ask.headers.push_back({"Content-Type", "application/json"});
    ask.body =
        Json({{"worker", options_.worker},
              {"wait_s", wait_s},
              {"can",
               {{"engines", options_.engines}, {"models", options_.models}, {"max_pixels", 0}}},
              {"version", options_.version}})
            .dump();
    ask.timeout_s = wait_s + kShort_s;
    ask.cancel = cancel;
    const base::HttpResponse answer = TRY(base::http_exchange(ask));
    if (answer.status == 204) return std::optional<Claim>();
    if (answer.status == 401 || answer.status == 403)
        return base::usage_error(refusal(answer).message, answer.url);
    return std::optional<Claim>(TRY(read_claim(TRY(json_of(answer)))));
}

base::Result<Orders> DeskClient::heartbeat(const Claim& job, const Beat& beat) const {
    Json body = {{"attempt", job.attempt},
                 {"progress", beat.progress},
                 {"stage", beat.stage},
                 {"frame", beat.frame},
                 {"frames", beat.frames}};
    if (beat.checkpoint) body["checkpoint"] = TRY(base::parse_json(*beat.checkpoint, "checkpoint"));
    base::HttpRequest send = request("POST", job_path(job, "heartbeat"));
    send.headers.push_back({"Content-Type", "application/json"});
    send.body = body.dump();
    send.timeout_s = std::max(2.0, job.heartbeat_s);
    const base::HttpResponse answer = TRY(base::http_exchange(send));
    if (answer.status == 409 || answer.status == 404) return Orders::Lost;
    const Json said = TRY(json_of(answer));
    const std::string state = said.contains("state") && said.at("state").is_string()
                                  ? said.at("state").get<std::string>()
                                  : "";
    if (state == "cancel") return Orders::Cancel;
    if (state == "lost") return Orders::Lost;
    return Orders::Go;
}

base::Status DeskClient::put_preview(const Claim& job, const std::string& jpeg) const {
    base::HttpRequest send =
        request("PUT", job_path(job, "preview") + "?attempt=" + std::to_string(job.attempt));
    send.headers.push_back({"Content-Type", "image/jpeg"});
    send.body = jpeg;
    send.timeout_s = std::max(2.0, job.heartbeat_s);
    const base::HttpResponse answer = TRY(base::http_exchange(send));
    if (!answer.ok()) return refusal(answer);
    return {};
}

base::Result<Fence> DeskClient::post(const Claim& job, const std::string& what, Json body,
                                     double retry_s) const {
    base::HttpRequest send = request("POST", job_path(job, what));
    send.headers.push_back({"Content-Type", "application/json"});
    body["attempt"] = job.attempt;
    send.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    const base::HttpResponse answer = TRY(exchange(send, retry_s));
    if (answer.status == 409 || answer.status == 404) return Fence::Lost;
    if (!answer.ok()) return refusal(answer);
    return Fence::Ours;
}

base::Result<Fence> DeskClient::complete(const Claim& job,
                                         const std::map<std::string, std::string>& outputs,
                                         const Json& result) const {
    return post(job, "complete", {{"outputs", outputs}, {"result", result}}, options_.retry_s);
}

base::Result<Fence> DeskClient::fail(const Claim& job, bool permanent, const std::string& code,
                                     const std::string& message) const {
    const Json body = {
        {"class", permanent ? "permanent" : "retryable"}, {"code", code}, {"message", message}};
    return post(job, "fail", body, options_.retry_s);
}

base::Result<Fence> DeskClient::cancelled(const Claim& job) const {
    return post(job, "cancelled", Json::object(), options_.retry_s);
}

base::Result<Fence> DeskClient::release(const Claim& job) const {
    return post(job, "release", Json::object(), std::min(kRelease_s, options_.retry_s));
}

}  // namespace studio
