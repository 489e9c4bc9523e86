// Projects and keys, for callers with the scope "admin".
#include "apps/server/core/fields.h"
#include "apps/server/routes/routes.h"

namespace server {
namespace {

base::Json or_null(const std::optional<int64_t>& value) {
    return value ? base::Json(*value) : base::Json(nullptr);
}

base::Json key_json(const KeyRow& key) {
    return {
        {"id", key.id},
        {"object", "api_key"},
        {"name", key.name},
        {"shown", key.shown},
        {"project", key.project_id},
        {"scopes", key.scopes},
        {"requests_per_minute", or_null(key.limits.requests_per_minute)},
        {"concurrent_jobs", or_null(key.limits.concurrent_jobs)},
        {"units_per_day", or_null(key.limits.units_per_day)},
        {"priority", key.priority},
        {"created_at", key.created_ms / 1000},
        {"expires_at", key.expires_ms ? base::Json(*key.expires_ms / 1000) : base::Json(nullptr)},
        {"revoked_at", key.revoked_ms ? base::Json(*key.revoked_ms / 1000) : base::Json(nullptr)}};
}

http::Response create_project_route(App& app, http::Request& request, const Caller&) {
    GET_OR_ANSWER(fields, Fields::read(request));
    GET_OR_ANSWER(name, fields.text("name", 100));
    if (!name) return to_response(missing_parameter("name"));
    if (const auto unknown = fields.unknown()) return to_response(*unknown);
    int64_t id = 0;
    TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) -> base::Status {
        id = TRY(create_project(tx, *name));
        return {};
    }));
    return http::json_text(200,
                           base::Json({{"id", id}, {"object", "project"}, {"name", *name}}).dump());
}

http::Response list_projects_route(App& app, http::Request& request, const Caller&) {
    base::Json data = base::Json::array();
    for (const Project& project : TRY_OR_500(request, list_projects(*app.db))) {
        data.push_back({{"id", project.id},
                        {"object", "project"},
                        {"name", project.name},
                        {"created_at", project.created_ms / 1000}});
    }
    return http::json_text(200, base::Json({{"object", "list"}, {"data", std::move(data)}}).dump());
}

http::Response create_key_route(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(fields, Fields::read(request));
    NewKey key;
    key.limits = app.config.key_limits;
    GET_OR_ANSWER(name, fields.text("name", 100));
    GET_OR_ANSWER(project, fields.integer("project", 1, INT32_MAX));
    GET_OR_ANSWER(scopes, fields.text("scopes", 200));
    GET_OR_ANSWER(rate, fields.integer("requests_per_minute", 0, 1'000'000'000));
    GET_OR_ANSWER(jobs, fields.integer("concurrent_jobs", 0, 1'000'000'000));
    GET_OR_ANSWER(units, fields.integer("units_per_day", 0, int64_t{1} << 50));
    GET_OR_ANSWER(priority, fields.integer("priority", -100, 100));
    GET_OR_ANSWER(expires, fields.integer("expires_in_seconds", 1, int64_t{1} << 40));
    if (const auto unknown = fields.unknown()) return to_response(*unknown);
    key.name = name.value_or("key");
    key.project_id = project.value_or(caller.project_id);
    key.scopes = scopes.value_or("videos:read videos:write files batches webhooks");
    if (rate) key.limits.requests_per_minute = *rate;
    if (jobs) key.limits.concurrent_jobs = *jobs;
    if (units) key.limits.units_per_day = *units;
    key.priority = static_cast<int>(priority.value_or(0));
    if (expires) key.expires_ms = TRY_OR_500(request, app.db->now_ms()) + *expires * 1000;
    std::optional<MadeKey> made;
    const base::Status stored = app.db->transaction([&](store::Tx& tx) -> base::Status {
        made = TRY(create_key(tx, key));
        return {};
    });
    if (!stored.ok() && stored.error().kind == base::ErrorKind::Usage)
        return to_response(bad_value("", stored.error().text()));
    TRY_OR_500(request, base::Status(stored));
    return http::json_text(
        200, base::Json({{"id", made->id}, {"object", "api_key"}, {"key", made->text}}).dump());
}

http::Response list_keys_route(App& app, http::Request& request, const Caller&) {
    base::Json data = base::Json::array();
    for (const KeyRow& key : TRY_OR_500(request, list_keys(*app.db, {})))
        data.push_back(key_json(key));
    return http::json_text(200, base::Json({{"object", "list"}, {"data", std::move(data)}}).dump());
}

http::Response revoke_key_route(App& app, http::Request& request, const Caller&) {
    const std::string id(request.param("key_id"));
    bool gone = false;
    TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) -> base::Status {
        gone = TRY(revoke_key(tx, id));
        return {};
    }));
    if (!gone) return to_response(not_found("Key", id));
    app.keys.forget_all();
    return http::json_text(
        200, base::Json({{"id", id}, {"object", "api_key.revoked"}, {"revoked", true}}).dump());
}

}  // namespace

void add_admin_routes(http::Router& router, App& app) {
    router.add(secured(app, "POST", "/api/admin/projects", "admin", create_project_route));
    router.add(secured(app, "GET", "/api/admin/projects", "admin", list_projects_route));
    router.add(secured(app, "POST", "/api/admin/keys", "admin", create_key_route));
    router.add(secured(app, "GET", "/api/admin/keys", "admin", list_keys_route));
    router.add(secured(app, "DELETE", "/api/admin/keys/{key_id}", "admin", revoke_key_route));
}

}  // namespace server
