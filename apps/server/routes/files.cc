#include "apps/server/archive/files.h"

#include <algorithm>

#include "apps/server/core/fields.h"
#include "apps/server/routes/paging.h"
#include "apps/server/routes/routes.h"
#include "base/text/text.h"

namespace server {
namespace {

const std::vector<std::string> kPurposes = {"batch",      "vision", "user_data",
                                            "assistants", "evals",  "fine-tune"};

// A name for people and headers: no folders, no control characters.
std::string plain_filename(const std::string& name) {
    std::string out = name.substr(name.find_last_of("/\\") + 1);
    std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 32 || c == '"'; });
    if (!base::is_valid_utf8(out) || out.empty()) return "file";
    return out.substr(0, 255);
}

http::Response create(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(fields, Fields::read(request));
    GET_OR_ANSWER(purpose, fields.choice("purpose", kPurposes));
    if (!purpose) return to_response(missing_parameter("purpose"));
    std::optional<int64_t> expires_ms;
    if (const auto expires = fields.json("expires_after")) {
        const auto seconds =
            expires->is_object() ? expires->value("seconds", base::Json()) : base::Json();
        const double value = seconds.is_number()   ? seconds.get<double>()
                             : seconds.is_string() ? std::atof(seconds.get<std::string>().c_str())
                                                   : 0;
        if (!(value >= 3600 && value <= 2'592'000)) {
            return to_response(bad_value("expires_after.seconds",
                                         "Expected a number of seconds from 3600 to 2592000."));
        }
        expires_ms = static_cast<int64_t>(value) * 1000;
    }
    http::FormPart* part = fields.file("file");
    if (!part) return to_response(missing_parameter("file"));
    if (const auto unknown = fields.unknown()) return to_response(*unknown);
    const std::string name = plain_filename(part->filename);
    const std::string hash = part->file->sha256();
    const store::Blob blob = TRY_OR_500(request, app.blobs->put_file(part->file->take(), hash));
    std::optional<FileRow> file;
    TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) -> base::Status {
        file = TRY(create_file(tx, caller.project_id, name, *purpose, blob, expires_ms));
        return {};
    }));
    return http::json_text(200, file_json(*file).dump());
}

http::Response list(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(paging, read_paging(request, 10'000, 10'000, {"purpose"}));
    std::optional<int64_t> after;
    if (!paging.after.empty()) {
        const auto file = TRY_OR_500(request, find_file(*app.db, caller.project_id, paging.after));
        if (!file)
            return to_response(bad_value("after", "There is no file '" + paging.after + "'."));
        after = file->seq;
    }
    const std::string* purpose = request.query.get("purpose");
    if (purpose && std::find(kPurposes.begin(), kPurposes.end(), *purpose) == kPurposes.end() &&
        *purpose != "batch_output") {
        return to_response(bad_value("purpose", "Invalid value: '" + *purpose +
                                                    "'. Supported values are: '" +
                                                    base::join(kPurposes, "', '") + "'."));
    }
    const FilePage page =
        TRY_OR_500(request, list_files(*app.db, caller.project_id, purpose ? *purpose : "", after,
                                       paging.limit, paging.ascending));
    std::vector<base::Json> data;
    for (const FileRow& file : page.rows) data.push_back(file_json(file));
    return list_response(data, page.has_more);
}

http::Response retrieve(App& app, http::Request& request, const Caller& caller) {
    const std::string id(request.param("file_id"));
    const auto file = TRY_OR_500(request, find_file(*app.db, caller.project_id, id));
    if (!file) return to_response(not_found("File", id));
    return http::json_text(200, file_json(*file).dump());
}

http::Response content(App& app, http::Request& request, const Caller& caller) {
    const std::string id(request.param("file_id"));
    const auto file = TRY_OR_500(request, find_file(*app.db, caller.project_id, id));
    if (!file) return to_response(not_found("File", id));
    const auto blob = TRY_OR_500(request, store::find_ref(*app.db, "file:" + id, "content"));
    if (!blob) return to_response(not_found("File", id));
    if (const auto path = app.blobs->local_path(blob->sha256)) {
        http::Response response;
        // Never a type that a browser would run: these are a stranger's bytes.
        response.with("Content-Type", "application/octet-stream")
            .with("Content-Disposition", "attachment")
            .with("X-Content-Type-Options", "nosniff");
        response.body = http::FileBody{*path, blob->sha256};
        return response;
    }
    if (const auto url = app.blobs->presigned_get(blob->sha256, 900, "application/octet-stream"))
        return http::redirect(302, *url);
    return internal_error(request, base::failed("a blob store without paths and addresses"));
}

http::Response remove(App& app, http::Request& request, const Caller& caller) {
    const std::string id(request.param("file_id"));
    bool gone = false;
    TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) -> base::Status {
        gone = TRY(delete_file(tx, caller.project_id, id));
        return {};
    }));
    if (!gone) return to_response(not_found("File", id));
    return http::json_text(200,
                           base::Json({{"id", id}, {"object", "file"}, {"deleted", true}}).dump());
}

}  // namespace

void add_file_routes(http::Router& router, App& app) {
    router.add(secured(app, "POST", "/v1/files", "files", create,
                       {app.config.most_upload_bytes, 64 << 10}));
    router.add(secured(app, "GET", "/v1/files", "files", list));
    router.add(secured(app, "GET", "/v1/files/{file_id}", "files", retrieve));
    router.add(secured(app, "GET", "/v1/files/{file_id}/content", "files", content));
    router.add(secured(app, "DELETE", "/v1/files/{file_id}", "files", remove));
}

}  // namespace server
