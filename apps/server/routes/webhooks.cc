#include "apps/server/archive/webhooks.h"

#include <algorithm>

#include "apps/server/core/fields.h"
#include "apps/server/routes/paging.h"
#include "apps/server/routes/routes.h"
#include "base/text/text.h"

namespace server {
namespace {

http::Response create(App& app, http::Request& request, const Caller& caller) {
    GET_OR_ANSWER(fields, Fields::read(request));
    GET_OR_ANSWER(url, fields.text("url", 2000));
    if (!url) return to_response(missing_parameter("url"));
    if (!base::starts_with(*url, "https://") && !base::starts_with(*url, "http://")) {
        return to_response(bad_value("url", "Invalid url: expected an http(s) address."));
    }
    GET_OR_ANSWER(name, fields.text("name", 100));
    std::vector<std::string> events = kEvents;
    if (const auto json = fields.json("events")) {
        events.clear();
        if (!json->is_array() || json->empty())
            return to_response(bad_value("events", "Expected a list of events.", "invalid_type"));
        for (const base::Json& event : *json) {
            if (!event.is_string() || std::find(kEvents.begin(), kEvents.end(),
                                                event.get<std::string>()) == kEvents.end()) {
                return to_response(bad_value(
                    "events", "Supported events are: '" + base::join(kEvents, "', '") + "'."));
            }
            events.push_back(event.get<std::string>());
        }
    }
    if (const auto unknown = fields.unknown()) return to_response(*unknown);
    std::optional<WebhookRow> made;
    TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) -> base::Status {
        made = TRY(create_webhook(tx, caller.project_id, *url, name.value_or(""), events));
        return {};
    }));
    base::Json json = webhook_json(*made);
    json["secret"] = made->secret;
    return http::json_text(200, json.dump());
}

http::Response list(App& app, http::Request& request, const Caller& caller) {
    std::vector<base::Json> data;
    for (const WebhookRow& webhook : TRY_OR_500(request, list_webhooks(*app.db, caller.project_id)))
        data.push_back(webhook_json(webhook));
    return list_response(data, false);
}

http::Response remove(App& app, http::Request& request, const Caller& caller) {
    const std::string id(request.param("webhook_id"));
    bool gone = false;
    TRY_OR_500(request, app.db->transaction([&](store::Tx& tx) -> base::Status {
        gone = TRY(delete_webhook(tx, caller.project_id, id));
        return {};
    }));
    if (!gone) return to_response(not_found("Webhook", id));
    return http::json_text(
        200, base::Json({{"id", id}, {"object", "webhook.deleted"}, {"deleted", true}}).dump());
}

}  // namespace

void add_webhook_routes(http::Router& router, App& app) {
    router.add(secured(app, "POST", "/v1/webhooks", "webhooks", create));
    router.add(secured(app, "GET", "/v1/webhooks", "webhooks", list));
    router.add(secured(app, "DELETE", "/v1/webhooks/{webhook_id}", "webhooks", remove));
}

}  // namespace server
