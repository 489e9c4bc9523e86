#include <algorithm>
#include <chrono>

#include "store/blobs/blobs.h"
#include "store/blobs/stores.h"

namespace store {
namespace {

using base::Status;

// Makes them young: whoever found one of them by this reference may still refer to it.
Status touch_refs(Tx& tx, const std::string& owner, const std::optional<std::string>& role) {
    TRY(tx.execute(
        "UPDATE blobs SET touched_ms = {now} WHERE sha256 IN (SELECT blob FROM blob_refs "
        "WHERE owner = ? AND role = COALESCE(?, role))",
        {owner, role}));
    return {};
}

Blob blob_of(const Row& row, size_t at) { return {row[at].text(), row[at + 1].integer()}; }

}  // namespace

Status add_ref(Tx& tx, const Blob& blob, const std::string& owner, const std::string& role) {
    TRY(check_name(blob.sha256));
    TRY(touch_refs(tx, owner, role));  // of the one that may be replaced
    // The row is locked until the commit: a sweep of this blob waits and then sees the reference.
    TRY(
        tx.execute("INSERT INTO blobs (sha256, bytes, touched_ms) VALUES (?, ?, {now}) "
                   "ON CONFLICT (sha256) DO UPDATE SET touched_ms = excluded.touched_ms",
                   {blob.sha256, blob.bytes}));
    TRY(
        tx.execute("INSERT INTO blob_refs (owner, role, blob) VALUES (?, ?, ?) "
                   "ON CONFLICT (owner, role) DO UPDATE SET blob = excluded.blob",
                   {owner, role, blob.sha256}));
    return {};
}

Status drop_ref(Tx& tx, const std::string& owner, const std::string& role) {
    TRY(touch_refs(tx, owner, role));
    TRY(tx.execute("DELETE FROM blob_refs WHERE owner = ? AND role = ?", {owner, role}));
    return {};
}

Status drop_refs(Tx& tx, const std::string& owner) {
    TRY(touch_refs(tx, owner, {}));
    TRY(tx.execute("DELETE FROM blob_refs WHERE owner = ?", {owner}));
    return {};
}

base::Result<std::optional<Blob>> find_ref(Db& db, const std::string& owner,
                                           const std::string& role) {
    const Rows rows =
        TRY(db.read("SELECT b.sha256, b.bytes FROM blob_refs r JOIN blobs b ON b.sha256 = r.blob "
                    "WHERE r.owner = ? AND r.role = ?",
                    {owner, role}));
    if (rows.empty()) return std::optional<Blob>();
    return std::optional<Blob>(blob_of(rows[0], 0));
}

base::Result<std::vector<BlobRef>> find_refs(Db& db, const std::string& owner) {
    std::vector<BlobRef> out;
    for (const Row& row : TRY(db.read(
             "SELECT r.role, b.sha256, b.bytes FROM blob_refs r JOIN blobs b ON b.sha256 = r.blob "
             "WHERE r.owner = ?",
             {owner}))) {
        out.push_back({row[0].text(), blob_of(row, 1)});
    }
    std::ranges::sort(out, {}, &BlobRef::role);
    return out;
}

base::Result<int64_t> sweep_orphans(Db& db, BlobStore& blobs, int64_t grace_ms) {
    const int64_t machine_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                                   std::chrono::system_clock::now().time_since_epoch())
                                   .count();
    const int64_t before_ms = machine_ms - grace_ms;
    int64_t swept = 0;
    TRY(blobs.each([&](const std::string& sha256, int64_t bytes, int64_t put_ms) -> Status {
        if (put_ms >= before_ms) return {};
        // Most are referred to: no transaction for those.
        if (!TRY(db.read("SELECT 1 FROM blob_refs WHERE blob = ? LIMIT 1", {sha256})).empty())
            return {};
        bool removed = false;
        TRY(db.transaction([&](Tx& tx) -> Status {
            removed = false;
            // The row is the fence, so there must be one: it makes add_ref wait.
            TRY(
                tx.execute("INSERT INTO blobs (sha256, bytes, touched_ms) VALUES (?, ?, 0) "
                           "ON CONFLICT (sha256) DO NOTHING",
                           {sha256, bytes}));
            const Rows young =
                TRY(tx.query("SELECT touched_ms > {now} - ? AND touched_ms <= {now} FROM blobs "
                             "WHERE sha256 = ? {lock}",
                             {grace_ms, sha256}));
            if (young.empty() || young[0][0].integer() != 0) return {};
            if (!TRY(tx.query("SELECT 1 FROM blob_refs WHERE blob = ? LIMIT 1", {sha256}))
                     .empty()) {
                return {};
            }
            TRY(tx.execute("DELETE FROM blobs WHERE sha256 = ?", {sha256}));
            // Inside the transaction: if its commit fails, a row without bytes is left that nobody
            // refers to.
            removed = TRY(blobs.remove_if_older(sha256, before_ms));
            return {};
        }));
        if (removed) ++swept;
        return {};
    }));
    TRY(blobs.sweep_incoming(std::min(before_ms, machine_ms)));
    return swept;
}

}  // namespace store
