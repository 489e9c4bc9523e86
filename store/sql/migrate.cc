#include "store/sql/migrate.h"

#include <algorithm>

#include "base/core/sha256.h"
#include "store/sql/statement.h"

namespace store {
namespace {

using base::failed;
using base::Status;

// Any number that nobody else locks: "aozora" in ASCII.
constexpr int64_t kMigrationLock = 0x616f7a6f7261;

// Waits for other servers that migrate, however long they take.
Status lock_migrations(Tx& tx) {
    if (tx.engine() == Engine::Postgres) {
        TRY(tx.execute("SET LOCAL lock_timeout = 0"));
        TRY(tx.execute("SET LOCAL statement_timeout = 0"));
        TRY(tx.query("SELECT pg_advisory_xact_lock(?)", {kMigrationLock}));
    }
    TRY(
        tx.execute("CREATE TABLE IF NOT EXISTS migrations (number BIGINT PRIMARY KEY, "
                   "name TEXT NOT NULL, checksum TEXT NOT NULL, applied_ms BIGINT NOT NULL)"));
    return {};
}

// The first migration that is missing, nullptr when all are there.
base::Result<const Migration*> next_migration(Tx& tx, const std::vector<Migration>& ours) {
    const Rows applied =
        TRY(tx.query("SELECT number, name, checksum FROM migrations ORDER BY number"));
    size_t i = 0;
    for (const Row& row : applied) {
        const std::string what = row[1].text();
        const auto known = std::ranges::find(ours, row[0].integer(), &Migration::number);
        if (known == ours.end()) {
            return failed("this database was made by a newer Aozora (migration " +
                          std::to_string(row[0].integer()) + " " + what +
                          "); install that version");
        }
        if (row[2].text() != base::sha256_hex(known->sql)) {
            return failed("migration " + what +
                          " was changed after it had been applied; restore it");
        }
        if (known != ours.begin() + static_cast<std::ptrdiff_t>(i++)) {
            return failed("migration " + ours[i - 1].name +
                          " was skipped by this database; "
                          "give it a number after " +
                          what);
        }
    }
    return i < ours.size() ? &ours[i] : nullptr;
}

}  // namespace

base::Result<int> migrate(Db& db, const std::vector<Migration>& migrations) {
    for (size_t i = 1; i < migrations.size(); ++i) {
        CHECK(migrations[i - 1].number < migrations[i].number, "migrations are sorted");
    }
    int applied = 0;
    for (bool done = false; !done;) {
        bool changed = false;
        TRY(db.transaction([&](Tx& tx) -> Status {
            changed = false;
            TRY(lock_migrations(tx));
            const Migration* const next = TRY(next_migration(tx, migrations));
            done = next == nullptr;
            if (done) return {};
            for (const std::string& statement : TRY(split_statements(next->sql))) {
                const auto run = tx.execute(statement);
                if (!run.ok()) return failed(run.error().message, "migration " + next->name);
            }
            TRY(
                tx.execute("INSERT INTO migrations (number, name, checksum, applied_ms) "
                           "VALUES (?, ?, ?, {now})",
                           {next->number, next->name, base::sha256_hex(next->sql)}));
            changed = true;
            return {};
        }));
        if (changed) ++applied;
    }
    return applied;
}

}  // namespace store
