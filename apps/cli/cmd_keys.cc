#include <CLI/CLI.hpp>
#include <cinttypes>
#include <ctime>
#include <memory>

#include "apps/cli/commands.h"
#include "apps/cli/options.h"
#include "apps/cli/server_options.h"
#include "apps/server/archive/keys.h"
#include "base/json/json.h"
#include "store/sql/migrate.h"

namespace apps {
namespace {

struct KeysArguments {
    ServerArguments common;
    server::NewKey key;
    std::string project, new_project, id;
    std::optional<int64_t> rate, jobs, units;
    std::optional<double> days;
    bool json = false;
};

base::Result<std::unique_ptr<store::Db>> open_database(const ServerArguments& arguments) {
    server::Config config = TRY(read_server_config(arguments));
    TRY(server::finish_config(config));
    auto db = TRY(store::Db::open(config.database));
    TRY(store::migrate(*db));
    return db;
}

base::Result<int64_t> project_of(store::Db& db, const KeysArguments& given) {
    const auto projects = TRY(server::list_projects(db));
    if (given.project.empty()) {
        if (!projects.empty()) return projects.front().id;
        int64_t id = 0;
        TRY(db.transaction([&](store::Tx& tx) -> base::Status {
            id = TRY(server::create_project(tx, "default"));
            return {};
        }));
        return id;
    }
    for (const server::Project& project : projects) {
        if (project.name == given.project || std::to_string(project.id) == given.project)
            return project.id;
    }
    return base::usage_error("there is no project \"" + given.project +
                             "\"; make it with --new-project");
}

base::Status create(const KeysArguments& given) {
    const auto db = TRY(open_database(given.common));
    server::NewKey key = given.key;
    key.limits = {given.rate, given.jobs, given.units};
    if (given.days)
        key.expires_ms = TRY(db->now_ms()) + static_cast<int64_t>(*given.days * 86'400'000.0);
    if (given.new_project.empty()) key.project_id = TRY(project_of(*db, given));
    std::optional<server::MadeKey> made;
    TRY(db->transaction([&](store::Tx& tx) -> base::Status {
        if (!given.new_project.empty())
            key.project_id = TRY(server::create_project(tx, given.new_project));
        made = TRY(server::create_key(tx, key));
        return {};
    }));
    if (given.json) {
        std::printf("%s\n",
                    base::Json({{"id", made->id}, {"key", made->text}, {"project", key.project_id}})
                        .dump()
                        .c_str());
    } else {
        std::printf("%s\n", made->text.c_str());
        std::fprintf(stderr, "id %s, project %" PRId64 "; the key is shown only now\n",
                     made->id.c_str(), key.project_id);
    }
    return {};
}

std::string limit_text(const std::optional<int64_t>& limit) {
    return limit ? std::to_string(*limit) : "-";
}

base::Status list(const KeysArguments& given) {
    const auto db = TRY(open_database(given.common));
    const auto projects = TRY(server::list_projects(*db));
    const auto keys = TRY(server::list_keys(*db, {}));
    if (!given.json) {
        std::printf("%-38s %-12s %-14s %-16s %8s %6s %10s  %s\n", "ID", "PROJECT", "NAME", "KEY",
                    "REQ/MIN", "JOBS", "UNITS/DAY", "SCOPES");
    }
    for (const server::KeyRow& key : keys) {
        std::string project = std::to_string(key.project_id);
        for (const server::Project& one : projects) {
            if (one.id == key.project_id) project = one.name;
        }
        if (given.json) {
            std::printf("%s\n", base::Json({{"id", key.id},
                                            {"project", project},
                                            {"name", key.name},
                                            {"shown", key.shown},
                                            {"scopes", key.scopes},
                                            {"revoked", key.revoked_ms.has_value()}})
                                    .dump()
                                    .c_str());
            continue;
        }
        std::printf("%-38s %-12s %-14s %-16s %8s %6s %10s  %s%s\n", key.id.c_str(), project.c_str(),
                    key.name.c_str(), key.shown.c_str(),
                    limit_text(key.limits.requests_per_minute).c_str(),
                    limit_text(key.limits.concurrent_jobs).c_str(),
                    limit_text(key.limits.units_per_day).c_str(), key.scopes.c_str(),
                    key.revoked_ms ? "  (revoked)" : "");
    }
    return {};
}

base::Status revoke(const KeysArguments& given) {
    const auto db = TRY(open_database(given.common));
    std::string id = given.id;
    for (const server::KeyRow& key : TRY(server::list_keys(*db, {}))) {
        if (key.name == given.id && !key.revoked_ms) id = key.id;
    }
    bool gone = false;
    TRY(db->transaction([&](store::Tx& tx) -> base::Status {
        gone = TRY(server::revoke_key(tx, id));
        return {};
    }));
    if (!gone) return base::usage_error("there is no working key \"" + given.id + "\"");
    std::printf("revoked %s; a running server stops taking it within two seconds\n", id.c_str());
    return {};
}

}  // namespace

void add_keys_command(CLI::App& app, Run& run) {
    auto given = std::make_shared<KeysArguments>();
    CLI::App* command = app.add_subcommand("keys", "API keys of a server: create, list, revoke");
    command->require_subcommand(1);
    const auto bind = [&run, given](CLI::App* sub, base::Status (*work)(const KeysArguments&)) {
        sub->callback([&run, given, work] {
            run = [given, work] {
                const base::Status done = work(*given);
                return done.ok() ? kExitOk : report_error(done.error());
            };
        });
    };
    CLI::App* make = command->add_subcommand(
        "create", "Make a key and print it\nExample:  aozora keys create --name laptop");
    add_server_options(*make, given->common);
    make->add_option("--name", given->key.name, "What it is for");
    make->add_option("--project", given->project, "Name or number (default: the first)");
    make->add_option("--new-project", given->new_project,
                     "Make a project for it; sees only its own films");
    make->add_option("--scopes", given->key.scopes,
                     "\"all\", or words of: videos:read videos:write files batches webhooks admin")
        ->default_str("all");
    make->add_option("--requests-per-minute", given->rate, "Rate limit")
        ->check(CLI::NonNegativeNumber);
    make->add_option("--concurrent-jobs", given->jobs, "Films queued or in progress at once")
        ->check(CLI::NonNegativeNumber);
    make->add_option("--units-per-day", given->units, "Spend units in a rolling day")
        ->check(CLI::NonNegativeNumber);
    make->add_option("--priority", given->key.priority, "Higher goes first")
        ->check(CLI::Range(-100, 100));
    make->add_option("--expires-in-days", given->days, "Stops working then")
        ->check(CLI::PositiveNumber);
    make->add_flag("--json", given->json, "A JSON line");
    bind(make, create);
    CLI::App* all = command->add_subcommand("list", "All keys, without their secrets");
    add_server_options(*all, given->common);
    all->add_flag("--json", given->json, "JSON lines");
    bind(all, list);
    CLI::App* gone = command->add_subcommand("revoke", "Make a key useless");
    add_server_options(*gone, given->common);
    gone->add_option("KEY", given->id, "Its id or name, from aozora keys list")->required();
    bind(gone, revoke);
}

}  // namespace apps
