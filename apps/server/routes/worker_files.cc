// Bytes of jobs: inputs for workers; parts and outputs from them, through the server or past it.
#include "apps/server/core/secrets.h"
#include "apps/server/routes/worker_desk.h"
#include "base/core/sha256.h"
#include "base/text/text.h"

namespace server {
namespace {

// Shorter than what is left alone by a sweep (housekeeping.cc).
constexpr int kUploadSeconds = 900;

// False when the job is somebody else's; the bytes are an orphan then.
base::Result<bool> keep_part(App& app, int64_t job, int attempt, const std::string& name,
                             const store::Blob& blob) {
    bool mine = false;
    TRY(app.db->transaction([&](store::Tx& tx) -> base::Status {
        const store::Rows rows = TRY(
            tx.query("SELECT id FROM jobs WHERE id = ? AND attempt = ? AND state = 'leased' {lock}",
                     {job, attempt}));
        mine = !rows.empty();
        if (mine) TRY(store::add_ref(tx, blob, "job:" + std::to_string(job), "part:" + name));
        return {};
    }));
    return mine;
}

// "7-1-": uploads say whose they are, so that nobody takes those of another attempt.
std::string upload_prefix(int64_t job, int attempt) {
    return std::to_string(job) + "-" + std::to_string(attempt) + "-";
}

Answer<store::Blob> announced(const base::Json& body) {
    store::Blob blob{text_of(body, "sha256"), -1};
    if (!base::is_sha256(blob.sha256))
        return bad_value("sha256", "Expected 64 lower-case hex digits.");
    if (body.contains("bytes") && body.at("bytes").is_number_integer())
        blob.bytes = body.at("bytes").get<int64_t>();
    if (blob.bytes < 0) return bad_value("bytes", "Expected how many bytes there are.");
    return blob;
}

}  // namespace

http::Response get_input(Desk& desk, http::Request& request) {
    App& app = desk.app;
    const int64_t job = job_id(request);
    if (!TRY_OR_500(request, holds(app, job, attempt_of_query(request))))
        return to_response(lost());
    const std::string owner = "job:" + std::to_string(job);
    const std::string name(request.param("name"));
    auto blob = TRY_OR_500(request, store::find_ref(*app.db, owner, "input:" + name));
    if (!blob) blob = TRY_OR_500(request, store::find_ref(*app.db, owner, "part:" + name));
    if (!blob) return to_response(not_found("Input", name));
    http::Response response;
    response.with("Content-Type", "application/octet-stream");
    if (const auto path = app.blobs->local_path(blob->sha256)) {
        response.body = http::FileBody{*path, blob->sha256};
        return response;
    }
    const std::string sha = blob->sha256;
    const int64_t bytes = blob->bytes;
    auto at = std::make_shared<int64_t>(0);
    response.body =
        http::PulledBody{bytes, [&app, sha, bytes, at]() -> base::Result<std::string> {
                             constexpr int64_t kPiece = 4 << 20;
                             const int64_t length = std::min(kPiece, bytes - *at);
                             if (length <= 0) return std::string();
                             std::string piece = TRY(app.blobs->read(sha, {*at, length}, kPiece));
                             *at += length;
                             return piece;
                         }};
    return response;
}

http::Response put_part(Desk& desk, http::Request& request) {
    App& app = desk.app;
    const std::string hash = request.body_file->sha256();
    const store::Blob blob =
        TRY_OR_500(request, app.blobs->put_file(request.body_file->take(), hash));
    const bool mine = TRY_OR_500(request, keep_part(app, job_id(request), attempt_of_query(request),
                                                    std::string(request.param("name")), blob));
    return mine ? http::text(204, "") : to_response(lost());
}

http::Response put_output(Desk& desk, http::Request& request) {
    App& app = desk.app;
    if (!TRY_OR_500(request, holds(app, job_id(request), attempt_of_query(request))))
        return to_response(lost());
    const std::string hash = request.body_file->sha256();
    const store::Blob blob =
        TRY_OR_500(request, app.blobs->put_file(request.body_file->take(), hash));
    return http::json_text(200,
                           base::Json({{"sha256", blob.sha256}, {"bytes", blob.bytes}}).dump());
}

http::Response ask_upload(Desk& desk, http::Request& request) {
    App& app = desk.app;
    GET_OR_ANSWER(body, body_json(request));
    const int64_t job = job_id(request);
    const int attempt = attempt_of(body);
    GET_OR_ANSWER(blob, announced(body));
    if (!TRY_OR_500(request, holds(app, job, attempt))) return to_response(lost());
    const std::string upload = new_id(upload_prefix(job, attempt));
    const auto url = app.blobs->presigned_put(upload, blob.bytes, kUploadSeconds);
    if (!url) return http::json_text(200, R"({"upload":null,"url":null})");
    return http::json_text(200, base::Json({{"upload", upload}, {"url", *url}}).dump());
}

http::Response take_upload(Desk& desk, http::Request& request) {
    App& app = desk.app;
    GET_OR_ANSWER(body, body_json(request));
    const int64_t job = job_id(request);
    const int attempt = attempt_of(body);
    const std::string kind = text_of(body, "kind"), name = text_of(body, "name");
    if (kind != "part" && kind != "output")
        return to_response(bad_value("kind", "Expected 'part' or 'output'."));
    if (name.empty() || name.size() > 200)
        return to_response(bad_value("name", "Expected the name of a part or output."));
    GET_OR_ANSWER(blob, announced(body));
    const std::string upload(request.param("upload"));
    if (!TRY_OR_500(request, holds(app, job, attempt))) return to_response(lost());
    if (!base::starts_with(upload, upload_prefix(job, attempt)) ||
        !TRY_OR_500(request, app.blobs->take_upload(upload, blob))) {
        return to_response(
            bad_value("upload", "These bytes did not arrive there.", "missing_upload"));
    }
    // An output is referred to by "complete", which is fenced.
    if (kind == "part" && !TRY_OR_500(request, keep_part(app, job, attempt, name, blob)))
        return to_response(lost());
    return http::json_text(200,
                           base::Json({{"sha256", blob.sha256}, {"bytes", blob.bytes}}).dump());
}

}  // namespace server
