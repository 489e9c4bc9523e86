// Webhooks: who wants to hear about which events, and what is still to be delivered. A delivery is
// written in the transaction of the event itself, so that none is lost and none is invented.
// Wire: Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature "v1,BASE64").
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apps/server/core/config.h"
#include "base/json/json.h"
#include "store/sql/db.h"

namespace server {

extern const std::vector<std::string> kEvents;  // video.completed, video.failed

struct WebhookRow {
    std::string id;
    int64_t project_id = 0;
    std::string url, secret, name;
    std::vector<std::string> events;
    int64_t created_ms = 0;
};

base::Result<WebhookRow> create_webhook(store::Tx& tx, int64_t project_id, const std::string& url,
                                        const std::string& name,
                                        const std::vector<std::string>& events);
base::Result<std::vector<WebhookRow>> list_webhooks(store::Db& db, int64_t project_id);
base::Result<bool> delete_webhook(store::Tx& tx, int64_t project_id, const std::string& id);
// Those of the configuration file, kept as rows whose id begins with "webhook_config_".
base::Status sync_config_webhooks(store::Db& db, const std::vector<ConfigWebhook>& wanted);
// Without the secret, which is shown once when it is made.
base::Json webhook_json(const WebhookRow& webhook);

// One delivery for every webhook of the project that wants `type`.
base::Status enqueue_event(store::Tx& tx, int64_t project_id, const std::string& type,
                           const std::string& video_id);

struct Delivery {
    std::string id, payload, url, secret;
    int64_t attempts = 0;  // this one included
};
// The next one that is due, taken for a minute so that no other sender sends it too.
base::Result<std::optional<Delivery>> take_delivery(store::Db& db);
base::Status delivery_done(store::Db& db, const std::string& id, const std::string& answer);
// Back-off, or the end after 72 hours.
base::Status delivery_failed(store::Db& db, const Delivery& delivery, const std::string& answer);

// Standard Webhooks: HMAC-SHA256 over "ID.TIMESTAMP.BODY" with the key behind "whsec_".
std::string webhook_signature(const std::string& secret, const std::string& id, int64_t timestamp_s,
                              std::string_view body);
// Milliseconds until try number `attempts` + 1.
int64_t webhook_backoff_ms(int64_t attempts);

}  // namespace server
