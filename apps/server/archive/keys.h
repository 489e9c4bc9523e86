// Projects, API keys and browser sessions in the database.
//
// A key looks like "sk-aoz-" + 43 characters; only its SHA-256 is kept. `scopes` is a list of words
// out of kScopes, or "all".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/sql/db.h"

namespace server {

// videos:read, videos:write, files, batches, webhooks, admin.
extern const std::vector<std::string> kScopes;

struct KeyLimits {
    std::optional<int64_t> requests_per_minute, concurrent_jobs, units_per_day;
};

// Who is asking, from a key, a session or --open.
struct Caller {
    std::string key_id;
    int64_t project_id = 0;
    std::string scopes = "all";
    KeyLimits limits;
    int priority = 0;
    bool session = false;  // came by cookie
    bool may(const std::string& scope) const;
};

struct KeyRow {
    std::string id, name, shown, scopes;
    int64_t project_id = 0;
    KeyLimits limits;
    int priority = 0;
    int64_t created_ms = 0;
    std::optional<int64_t> expires_ms, revoked_ms;
};

struct Project {
    int64_t id = 0;
    std::string name;
    int64_t created_ms = 0;
};

struct NewKey {
    int64_t project_id = 0;
    std::string name = "key";
    std::string scopes = "all";
    KeyLimits limits;
    int priority = 0;
    std::optional<int64_t> expires_ms;
    std::string text;  // "" = made up here
};

struct MadeKey {
    std::string id;
    std::string text;  // the only time that it is seen
};

base::Result<int64_t> create_project(store::Tx& tx, const std::string& name);
base::Result<std::vector<Project>> list_projects(store::Db& db);
base::Result<MadeKey> create_key(store::Tx& tx, const NewKey& key);
base::Result<std::vector<KeyRow>> list_keys(store::Db& db, std::optional<int64_t> project_id);
// False when there is no such key (of that project, where one is given) that still works.
base::Result<bool> revoke_key(store::Tx& tx, const std::string& id,
                              std::optional<int64_t> project_id = {});

// nullopt: no such key, revoked, expired, or its project is disabled.
base::Result<std::optional<Caller>> find_key(store::Db& db, const std::string& hash);
base::Result<std::optional<Caller>> find_session(store::Db& db, const std::string& hash);

// A cookie for the key's project; gives the text of the cookie.
base::Result<std::string> create_session(store::Tx& tx, const Caller& caller, int64_t lasts_ms);
base::Status end_session(store::Tx& tx, const std::string& hash);

// First start: makes the project "default" and its key (AOZORA_API_KEY when given). On later starts
// a given key is taken as a further key of the first project. The text is set when one was made up.
struct FirstKey {
    Caller caller;
    std::string made;  // "" = there was one before, or it was given
};
base::Result<FirstKey> first_key(store::Db& db, const std::string& given);

// Adds `units` to the rolling day of a key unless that passes `most`; gives the units of the day
// after that, or nullopt when refused.
base::Result<std::optional<int64_t>> spend(store::Tx& tx, const std::string& key_id, int64_t units,
                                           std::optional<int64_t> most);

// A secret of this installation, made up when it is first asked for.
base::Result<std::string> installation_secret(store::Db& db, const std::string& name);

}  // namespace server
