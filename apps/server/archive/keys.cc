#include "apps/server/archive/keys.h"

#include <algorithm>

#include "apps/server/core/secrets.h"
#include "base/text/text.h"

namespace server {
namespace {

constexpr int64_t kHourMs = 3'600'000;

constexpr const char* kCallerColumns =
    "k.id, k.project_id, k.scopes, k.requests_per_minute, k.concurrent_jobs, k.units_per_day, "
    "k.priority";

Caller caller_of(const store::Row& row) {
    Caller caller;
    caller.key_id = row[0].text();
    caller.project_id = row[1].integer();
    caller.scopes = row[2].text();
    caller.limits = {row[3].maybe_integer(), row[4].maybe_integer(), row[5].maybe_integer()};
    caller.priority = static_cast<int>(row[6].integer());
    return caller;
}

// What people see of a key: its beginning and its last four characters.
std::string shown_of(const std::string& key) {
    if (key.size() < 20) return key.substr(0, 3) + "…";
    return key.substr(0, 9) + "…" + key.substr(key.size() - 4);
}

base::Status check_scopes(const std::string& scopes) {
    if (scopes == "all") return {};
    for (const std::string& scope : base::split(scopes, ' ')) {
        if (std::find(kScopes.begin(), kScopes.end(), scope) == kScopes.end()) {
            return base::usage_error("\"" + scope + "\" is no scope; there are all, " +
                                     base::join(kScopes, ", "));
        }
    }
    return {};
}

}  // namespace

const std::vector<std::string> kScopes = {"videos:read", "videos:write", "files",
                                          "batches",     "webhooks",     "admin"};

bool Caller::may(const std::string& scope) const {
    if (scopes == "all") return true;
    const auto have = base::split(scopes, ' ');
    return std::find(have.begin(), have.end(), scope) != have.end();
}

base::Result<int64_t> create_project(store::Tx& tx, const std::string& name) {
    if (base::trim(name).empty()) return base::usage_error("a project needs a name");
    const store::Rows rows =
        TRY(tx.query("INSERT INTO projects(id, name, created_ms) "
                     "SELECT COALESCE(MAX(id), 0) + 1, ?, {now} FROM projects RETURNING id",
                     {name}));
    return rows[0][0].integer();
}

base::Result<std::vector<Project>> list_projects(store::Db& db) {
    std::vector<Project> projects;
    for (const store::Row& row : TRY(db.read(
             "SELECT id, name, created_ms FROM projects WHERE disabled_ms IS NULL ORDER BY id")))
        projects.push_back({row[0].integer(), row[1].text(), row[2].integer()});
    return projects;
}

base::Result<MadeKey> create_key(store::Tx& tx, const NewKey& key) {
    TRY(check_scopes(key.scopes));
    const store::Rows project = TRY(
        tx.query("SELECT id FROM projects WHERE id = ? AND disabled_ms IS NULL", {key.project_id}));
    if (project.empty()) {
        return base::usage_error("there is no project " + std::to_string(key.project_id) +
                                 "; see aozora keys list");
    }
    MadeKey made{new_id("key_"), key.text.empty() ? new_secret("sk-aoz-") : key.text};
    TRY(
        tx.execute("INSERT INTO api_keys(id, project_id, name, hash, shown, scopes, "
                   "requests_per_minute, concurrent_jobs, units_per_day, priority, created_ms, "
                   "expires_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, {now}, ?)",
                   {made.id, key.project_id, key.name, sha256_hex(made.text), shown_of(made.text),
                    key.scopes, key.limits.requests_per_minute, key.limits.concurrent_jobs,
                    key.limits.units_per_day, key.priority, key.expires_ms}));
    return made;
}

base::Result<std::vector<KeyRow>> list_keys(store::Db& db, std::optional<int64_t> project_id) {
    const store::Rows rows =
        TRY(db.read("SELECT id, name, shown, scopes, project_id, requests_per_minute, "
                    "concurrent_jobs, units_per_day, priority, created_ms, expires_ms, revoked_ms "
                    "FROM api_keys WHERE ? = 0 OR project_id = ? ORDER BY created_ms, id",
                    {project_id.value_or(0), project_id.value_or(0)}));
    std::vector<KeyRow> keys;
    for (const store::Row& row : rows) {
        KeyRow key;
        key.id = row[0].text();
        key.name = row[1].text();
        key.shown = row[2].text();
        key.scopes = row[3].text();
        key.project_id = row[4].integer();
        key.limits = {row[5].maybe_integer(), row[6].maybe_integer(), row[7].maybe_integer()};
        key.priority = static_cast<int>(row[8].integer());
        key.created_ms = row[9].integer();
        key.expires_ms = row[10].maybe_integer();
        key.revoked_ms = row[11].maybe_integer();
        keys.push_back(std::move(key));
    }
    return keys;
}

base::Result<bool> revoke_key(store::Tx& tx, const std::string& id,
                              std::optional<int64_t> project_id) {
    if (!may_be_id(id)) return false;
    const int64_t changed =
        TRY(tx.execute("UPDATE api_keys SET revoked_ms = {now} WHERE id = ? AND revoked_ms IS NULL "
                       "AND (? = 0 OR project_id = ?)",
                       {id, project_id.value_or(0), project_id.value_or(0)}));
    if (changed > 0) TRY(tx.execute("DELETE FROM sessions WHERE key_id = ?", {id}));
    return changed > 0;
}

base::Result<std::optional<Caller>> find_key(store::Db& db, const std::string& hash) {
    const store::Rows rows = TRY(
        db.read(std::string("SELECT ") + kCallerColumns +
                    " FROM api_keys k JOIN projects p ON p.id = k.project_id WHERE k.hash = ? AND "
                    "k.revoked_ms IS NULL AND p.disabled_ms IS NULL AND "
                    "(k.expires_ms IS NULL OR k.expires_ms > {now})",
                {hash}));
    if (rows.empty()) return std::optional<Caller>();
    return std::optional<Caller>(caller_of(rows[0]));
}

base::Result<std::optional<Caller>> find_session(store::Db& db, const std::string& hash) {
    const store::Rows rows =
        TRY(db.read(std::string("SELECT ") + kCallerColumns +
                        " FROM sessions s JOIN api_keys k ON k.id = s.key_id JOIN projects p ON "
                        "p.id = k.project_id WHERE s.hash = ? AND s.expires_ms > {now} AND "
                        "k.revoked_ms IS NULL AND p.disabled_ms IS NULL",
                    {hash}));
    if (rows.empty()) return std::optional<Caller>();
    Caller caller = caller_of(rows[0]);
    caller.session = true;
    return std::optional<Caller>(caller);
}

base::Result<std::string> create_session(store::Tx& tx, const Caller& caller, int64_t lasts_ms) {
    const std::string cookie = new_secret("");
    TRY(tx.execute("DELETE FROM sessions WHERE expires_ms < {now}"));
    TRY(
        tx.execute("INSERT INTO sessions(hash, key_id, project_id, created_ms, expires_ms) "
                   "VALUES (?, ?, ?, {now}, {now} + ?)",
                   {sha256_hex(cookie), caller.key_id, caller.project_id, lasts_ms}));
    return cookie;
}

base::Status end_session(store::Tx& tx, const std::string& hash) {
    TRY(tx.execute("DELETE FROM sessions WHERE hash = ?", {hash}));
    return {};
}

base::Result<FirstKey> first_key(store::Db& db, const std::string& given) {
    FirstKey first;
    TRY(db.transaction([&](store::Tx& tx) -> base::Status {
        first = {};
        const store::Rows projects =
            TRY(tx.query("SELECT id FROM projects WHERE disabled_ms IS NULL ORDER BY id LIMIT 1"));
        const int64_t project =
            projects.empty() ? TRY(create_project(tx, "default")) : projects[0][0].integer();
        std::string wanted = "SELECT ";
        wanted += kCallerColumns;
        wanted += " FROM api_keys k WHERE k.project_id = ? AND k.revoked_ms IS NULL ";
        if (!given.empty()) {
            const std::string hash = sha256_hex(given);
            store::Rows known = TRY(tx.query(wanted + "AND k.hash = ?", {project, hash}));
            if (known.empty()) {
                // A key that was revoked by hand stays revoked: the operator must say otherwise.
                const store::Rows dead =
                    TRY(tx.query("SELECT id FROM api_keys WHERE hash = ?", {hash}));
                if (!dead.empty()) {
                    return base::usage_error(
                        "AOZORA_API_KEY holds a key that was revoked; choose another");
                }
                TRY(create_key(tx, {project, "AOZORA_API_KEY", "all", {}, 0, {}, given}));
                known = TRY(tx.query(wanted + "AND k.hash = ?", {project, hash}));
            }
            first.caller = caller_of(known[0]);
            return {};
        }
        store::Rows known = TRY(tx.query(
            wanted + "AND k.scopes = 'all' ORDER BY k.created_ms, k.id LIMIT 1", {project}));
        if (known.empty()) {
            const MadeKey made = TRY(create_key(tx, {project, "first key", "all", {}, 0, {}, {}}));
            first.made = made.text;
            known = TRY(tx.query(wanted + "AND k.id = ?", {project, made.id}));
        }
        first.caller = caller_of(known[0]);
        return {};
    }));
    return first;
}

base::Result<std::optional<int64_t>> spend(store::Tx& tx, const std::string& key_id, int64_t units,
                                           std::optional<int64_t> most) {
    // Two requests of one key must not both see the same sum.
    TRY(tx.query("SELECT id FROM api_keys WHERE id = ? {lock}", {key_id}));
    const store::Rows used = TRY(tx.query(
        "SELECT COALESCE(SUM(units), 0), {now} / " + std::to_string(kHourMs) +
            " FROM spend WHERE key_id = ? AND hour > {now} / " + std::to_string(kHourMs) + " - 24",
        {key_id}));
    const int64_t total = used[0][0].integer() + units;
    const int64_t hour = used[0][1].integer();
    if (most && total > *most) return std::optional<int64_t>();
    TRY(
        tx.execute("INSERT INTO spend(key_id, hour, units) VALUES (?, ?, ?) "
                   "ON CONFLICT (key_id, hour) DO UPDATE SET units = spend.units + excluded.units",
                   {key_id, hour, units}));
    TRY(tx.execute("DELETE FROM spend WHERE key_id = ? AND hour < ?", {key_id, hour - 48}));
    return std::optional<int64_t>(total);
}

base::Result<std::string> installation_secret(store::Db& db, const std::string& name) {
    std::string value;
    TRY(db.transaction([&](store::Tx& tx) -> base::Status {
        TRY(tx.execute("INSERT INTO settings(name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
                       {name, new_secret("")}));
        const store::Rows rows = TRY(tx.query("SELECT value FROM settings WHERE name = ?", {name}));
        value = rows[0][0].text();
        return {};
    }));
    return value;
}

}  // namespace server
