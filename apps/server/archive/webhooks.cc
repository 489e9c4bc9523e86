#include "apps/server/archive/webhooks.h"

#include <algorithm>
#include <array>
#include <set>

#include "apps/server/core/secrets.h"
#include "base/text/text.h"

namespace server {
namespace {

constexpr int64_t kGiveUpMs = int64_t{72} * 3'600'000;
constexpr int64_t kTakenMs = 60'000;
constexpr const char* kConfigPrefix = "webhook_config_";

WebhookRow webhook_of(const store::Row& row) {
    WebhookRow webhook;
    webhook.id = row[0].text();
    webhook.project_id = row[1].integer();
    webhook.url = row[2].text();
    webhook.secret = row[3].text();
    webhook.events = base::split(row[4].text(), ' ');
    webhook.name = row[5].text();
    webhook.created_ms = row[6].integer();
    return webhook;
}

std::string new_webhook_secret() {
    std::string raw;
    const std::string text = new_secret("");
    // 32 random bytes, in the alphabet that Standard Webhooks asks for.
    raw = text.substr(0, 32);
    return "whsec_" + base64(raw);
}

}  // namespace

const std::vector<std::string> kEvents = {"video.completed", "video.failed"};

base::Result<WebhookRow> create_webhook(store::Tx& tx, int64_t project_id, const std::string& url,
                                        const std::string& name,
                                        const std::vector<std::string>& events) {
    const store::Rows rows = TRY(tx.query(
        "INSERT INTO webhooks(id, project_id, url, secret, events, name, created_ms) "
        "VALUES (?, ?, ?, ?, ?, ?, {now}) RETURNING id, project_id, url, secret, events, name, "
        "created_ms",
        {new_id("webhook_"), project_id, url, new_webhook_secret(), base::join(events, " "),
         name}));
    return webhook_of(rows[0]);
}

base::Result<std::vector<WebhookRow>> list_webhooks(store::Db& db, int64_t project_id) {
    std::vector<WebhookRow> webhooks;
    for (const store::Row& row :
         TRY(db.read("SELECT id, project_id, url, secret, events, name, created_ms FROM webhooks "
                     "WHERE project_id = ? AND disabled_ms IS NULL ORDER BY created_ms, id",
                     {project_id})))
        webhooks.push_back(webhook_of(row));
    return webhooks;
}

base::Result<bool> delete_webhook(store::Tx& tx, int64_t project_id, const std::string& id) {
    if (!may_be_id(id)) return false;
    const int64_t gone =
        TRY(tx.execute("DELETE FROM webhooks WHERE id = ? AND project_id = ?", {id, project_id}));
    if (gone > 0) TRY(tx.execute("DELETE FROM deliveries WHERE webhook_id = ?", {id}));
    return gone > 0;
}

base::Status sync_config_webhooks(store::Db& db, const std::vector<ConfigWebhook>& wanted) {
    return db.transaction([&](store::Tx& tx) -> base::Status {
        std::set<std::string> ids;
        for (const ConfigWebhook& hook : wanted) {
            const std::string id =
                kConfigPrefix +
                sha256_hex(std::to_string(hook.project_id) + " " + hook.url).substr(0, 24);
            ids.insert(id);
            TRY(tx.execute(
                "INSERT INTO webhooks(id, project_id, url, secret, events, name, created_ms) "
                "VALUES (?, ?, ?, ?, ?, 'configuration', {now}) ON CONFLICT (id) DO UPDATE SET "
                "secret = excluded.secret, events = excluded.events",
                {id, hook.project_id, hook.url, hook.secret, base::join(hook.events, " ")}));
        }
        for (const store::Row& row : TRY(tx.query("SELECT id FROM webhooks"))) {
            const std::string& id = row[0].text();
            if (base::starts_with(id, kConfigPrefix) && !ids.count(id)) {
                TRY(tx.execute("DELETE FROM webhooks WHERE id = ?", {id}));
                TRY(tx.execute("DELETE FROM deliveries WHERE webhook_id = ?", {id}));
            }
        }
        return {};
    });
}

base::Json webhook_json(const WebhookRow& webhook) {
    return {{"id", webhook.id},         {"object", "webhook"},
            {"url", webhook.url},       {"name", webhook.name},
            {"events", webhook.events}, {"created_at", webhook.created_ms / 1000}};
}

base::Status enqueue_event(store::Tx& tx, int64_t project_id, const std::string& type,
                           const std::string& video_id) {
    const store::Rows hooks = TRY(tx.query(
        "SELECT id, events, {now} FROM webhooks WHERE project_id = ? AND disabled_ms IS NULL",
        {project_id}));
    for (const store::Row& hook : hooks) {
        const auto events = base::split(hook[1].text(), ' ');
        if (std::find(events.begin(), events.end(), type) == events.end()) continue;
        const std::string id = new_id("evt_");
        const base::Json payload = {{"id", id},
                                    {"object", "event"},
                                    {"created_at", hook[2].integer() / 1000},
                                    {"type", type},
                                    {"data", {{"id", video_id}}}};
        TRY(
            tx.execute("INSERT INTO deliveries(id, webhook_id, payload, attempts, next_ms, "
                       "created_ms) VALUES (?, ?, ?, 0, {now}, {now})",
                       {id, hook[0].text(), payload.dump()}));
    }
    return {};
}

base::Result<std::optional<Delivery>> take_delivery(store::Db& db) {
    std::optional<Delivery> taken;
    TRY(db.transaction([&](store::Tx& tx) -> base::Status {
        taken.reset();
        const store::Rows due = TRY(tx.query(
            "SELECT d.id, d.payload, w.url, w.secret, d.attempts FROM deliveries d JOIN webhooks w "
            "ON w.id = d.webhook_id WHERE d.ended_ms IS NULL AND d.next_ms <= {now} "
            "ORDER BY d.next_ms LIMIT 1"));
        if (due.empty()) return {};
        // The condition on attempts is the fence between two senders that saw the same row.
        const int64_t mine = TRY(tx.execute(
            "UPDATE deliveries SET attempts = attempts + 1, next_ms = {now} + ? WHERE id = ? AND "
            "attempts = ? AND ended_ms IS NULL",
            {kTakenMs, due[0][0].text(), due[0][4].integer()}));
        if (mine == 0) return {};
        taken = Delivery{due[0][0].text(), due[0][1].text(), due[0][2].text(), due[0][3].text(),
                         due[0][4].integer() + 1};
        return {};
    }));
    return taken;
}

base::Status delivery_done(store::Db& db, const std::string& id, const std::string& answer) {
    TRY(db.write("UPDATE deliveries SET ended_ms = {now}, last_answer = ? WHERE id = ?",
                 {answer, id}));
    return {};
}

base::Status delivery_failed(store::Db& db, const Delivery& delivery, const std::string& answer) {
    TRY(
        db.write("UPDATE deliveries SET next_ms = {now} + ?, last_answer = ?, ended_ms = CASE WHEN "
                 "{now} - created_ms > ? THEN {now} ELSE NULL END WHERE id = ?",
                 {webhook_backoff_ms(delivery.attempts), answer, kGiveUpMs, delivery.id}));
    return {};
}

std::string webhook_signature(const std::string& secret, const std::string& id, int64_t timestamp_s,
                              std::string_view body) {
    std::string key;
    if (!base::starts_with(secret, "whsec_") || !from_base64(secret.substr(6), key)) key = secret;
    return "v1," + base64(hmac_sha256(
                       key, id + "." + std::to_string(timestamp_s) + "." + std::string(body)));
}

int64_t webhook_backoff_ms(int64_t attempts) {
    // The schedule that the Standard Webhooks specification proposes, in seconds; the last repeats.
    constexpr std::array<int64_t, 8> kSeconds = {5,      300,    1'800,  7'200,
                                                 18'000, 36'000, 50'400, 72'000};
    const size_t i = std::min<size_t>(static_cast<size_t>(std::max<int64_t>(attempts - 1, 0)),
                                      kSeconds.size() - 1);
    return kSeconds[i] * 1000;
}

}  // namespace server
