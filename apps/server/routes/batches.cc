#include "apps/server/archive/batches.h"

#include "apps/server/archive/files.h"
#include "apps/server/core/fields.h"
#include "apps/server/routes/paging.h"
#include "apps/server/routes/routes.h"

namespace server {
namespace {

constexpr int64_t kWindowMs = int64_t{24} * 3'600'000;

http::Response answer(App& app, const http::Request& request, const BatchRow& batch) {
    BatchCounts counts = TRY_OR_500(request, count_lines(*app.db, batch.id));
    counts.total = std::max(counts.total, batch.lines);
    return http::json_text(200, batch_json(batch, counts).dump());
}

http::Response create(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(fields, Fields::read(request));
    GET_OR_ANSWER(file_id, fields.text("input_file_id", 100));
    if (!file_id) return to_response(missing_parameter("input_file_id"));
    GET_OR_ANSWER(endpoint, fields.choice("endpoint", {"/v1/videos"}));
    if (!endpoint) return to_response(missing_parameter("endpoint"));
    GET_OR_ANSWER(window, fields.choice("completion_window", {"24h"}));
    if (!window) return to_response(missing_parameter("completion_window"));
    std::string metadata;
    if (const auto json = fields.json("metadata")) {
        if (!json->is_object() || json->size() > 16) {
            return to_response(
                bad_value("metadata", "Expected an object of at most 16 strings.", "invalid_type"));
        }
        for (const auto& [key, value] : json->items()) {
            if (!value.is_string() || key.size() > 64 || value.get<std::string>().size() > 512) {
                return to_response(bad_value("metadata." + key,
                                             "Expected a string of at most 512 characters.",
                                             "invalid_type"));
            }
        }
        metadata = json->dump();
    }
    (void)fields.json("output_expires_after");
    if (const auto unknown = fields.unknown()) return to_response(*unknown);
    const auto file = TRY_OR_500(request, find_file(*app.db, caller.project_id, *file_id));
    if (!file) {
        ApiError missing = not_found("File", *file_id);
        missing.status = 400;
        missing.param = "input_file_id";
        return to_response(missing);
    }
    if (file->purpose != "batch") {
        return to_response(bad_value("input_file_id",
                                     "File '" + *file_id + "' was uploaded for '" + file->purpose +
                                         "'; a batch needs the purpose 'batch'.",
                                     "invalid_purpose"));
    }
    std::optional<BatchRow> batch;
    TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) -> base::Status {
        batch =
            TRY(create_batch(tx, caller.project_id, caller.key_id, *file_id, metadata, kWindowMs));
        return {};
    }));
    app.db->wake("batches", batch->id);
    return answer(app, request, *batch);
}

Answer<BatchRow> own(App& app, const std::string& id, const Caller& caller) {
    const auto found = find_batch(*app.db, id);
    if (!found.ok()) return unavailable("The server's database did not answer. Try again.", 2);
    if (!*found || (*found)->project_id != caller.project_id) return not_found("Batch", id);
    return **found;
}

http::Response retrieve(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(batch, own(app, std::string(request.param("batch_id")), caller));
    return answer(app, request, batch);
}

http::Response list(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(paging, read_paging(request));
    std::optional<int64_t> after;
    if (!paging.after.empty()) {
        GET_OR_ANSWER(batch, own(app, paging.after, caller));
        after = batch.seq;
    }
    const BatchPage page =
        TRY_OR_500(request, list_batches(*app.db, caller.project_id, after, paging.limit));
    std::vector<base::Json> data;
    for (const BatchRow& batch : page.rows) {
        BatchCounts counts = TRY_OR_500(request, count_lines(*app.db, batch.id));
        counts.total = std::max(counts.total, batch.lines);
        data.push_back(batch_json(batch, counts));
    }
    return list_response(data, page.has_more);
}

http::Response cancel(App& app, http::Request& request, const Caller& caller) {
    const std::string id(request.param("batch_id"));
    GET_OR_ANSWER(before, own(app, id, caller));
    bool cancelled = false;
    TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) -> base::Status {
        cancelled = TRY(cancel_batch(tx, id));
        return {};
    }));
    if (!cancelled && before.status != "cancelling") {
        return to_response(
            bad_value("", "Batch '" + id + "' has already ended (" + before.status + ").",
                      "batch_already_ended"));
    }
    app.db->wake("batches", id);
    GET_OR_ANSWER(batch, own(app, id, caller));
    return answer(app, request, batch);
}

}  // namespace

void add_batch_routes(http::Router& router, App& app) {
    router.add(secured(app, "POST", "/v1/batches", "batches", create));
    router.add(secured(app, "GET", "/v1/batches", "batches", list));
    router.add(secured(app, "GET", "/v1/batches/{batch_id}", "batches", retrieve));
    router.add(secured(app, "POST", "/v1/batches/{batch_id}/cancel", "batches", cancel));
}

}  // namespace server
