#include "apps/server/archive/files.h"

#include "apps/server/core/secrets.h"

namespace server {
namespace {

constexpr const char* kColumns =
    "id, seq, project_id, filename, purpose, bytes, created_ms, expires_ms";

FileRow file_of(const store::Row& row) {
    FileRow file;
    file.id = row[0].text();
    file.seq = row[1].integer();
    file.project_id = row[2].integer();
    file.filename = row[3].text();
    file.purpose = row[4].text();
    file.bytes = row[5].integer();
    file.created_ms = row[6].integer();
    file.expires_ms = row[7].maybe_integer();
    return file;
}

}  // namespace

base::Result<int64_t> next_seq(store::Tx& tx) {
    const store::Rows rows = TRY(
        tx.query("INSERT INTO counters(name, value) VALUES ('seq', 1) "
                 "ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value"));
    return rows[0][0].integer();
}

base::Result<FileRow> create_file(store::Tx& tx, int64_t project_id, const std::string& filename,
                                  const std::string& purpose, const store::Blob& blob,
                                  std::optional<int64_t> expires_after_ms) {
    const std::string id = new_id("file-");
    const int64_t seq = TRY(next_seq(tx));
    const store::Rows rows = TRY(tx.query(
        std::string("INSERT INTO files(id, seq, project_id, filename, purpose, bytes, created_ms, "
                    "expires_ms) VALUES (?, ?, ?, ?, ?, ?, {now}, {now} + ?) RETURNING ") +
            kColumns,
        {id, seq, project_id, filename, purpose, blob.bytes, expires_after_ms}));
    TRY(store::add_ref(tx, blob, "file:" + id, "content"));
    return file_of(rows[0]);
}

base::Result<std::optional<FileRow>> find_file(store::Db& db, int64_t project_id,
                                               const std::string& id) {
    if (!may_be_id(id)) return std::optional<FileRow>();
    const store::Rows rows = TRY(db.read(std::string("SELECT ") + kColumns +
                                             " FROM files WHERE id = ? AND project_id = ? AND "
                                             "(expires_ms IS NULL OR expires_ms > {now})",
                                         {id, project_id}));
    if (rows.empty()) return std::optional<FileRow>();
    return std::optional<FileRow>(file_of(rows[0]));
}

base::Result<FilePage> list_files(store::Db& db, int64_t project_id, const std::string& purpose,
                                  std::optional<int64_t> after, int limit, bool ascending) {
    std::string sql = std::string("SELECT ") + kColumns +
                      " FROM files WHERE project_id = ? AND (expires_ms IS NULL OR expires_ms > "
                      "{now}) ";
    store::Values args = {project_id};
    if (!purpose.empty()) {
        sql += "AND purpose = ? ";
        args.emplace_back(purpose);
    }
    if (after) {
        sql += ascending ? "AND seq > ? " : "AND seq < ? ";
        args.emplace_back(*after);
    }
    sql += ascending ? "ORDER BY seq ASC LIMIT ?" : "ORDER BY seq DESC LIMIT ?";
    args.emplace_back(limit + 1);
    FilePage page;
    for (const store::Row& row : TRY(db.read(sql, args))) {
        if (static_cast<int>(page.rows.size()) == limit) {
            page.has_more = true;
            break;
        }
        page.rows.push_back(file_of(row));
    }
    return page;
}

base::Result<bool> delete_file(store::Tx& tx, int64_t project_id, const std::string& id) {
    if (!may_be_id(id)) return false;
    if (TRY(tx.execute("DELETE FROM files WHERE id = ? AND project_id = ?", {id, project_id})) == 0)
        return false;
    TRY(store::drop_refs(tx, "file:" + id));
    return true;
}

base::Result<int64_t> delete_expired_files(store::Db& db) {
    int64_t count = 0;
    TRY(db.transaction([&](store::Tx& tx) -> base::Status {
        count = 0;
        for (const store::Row& row :
             TRY(tx.query("DELETE FROM files WHERE expires_ms < {now} RETURNING id"))) {
            TRY(store::drop_refs(tx, "file:" + row[0].text()));
            ++count;
        }
        return {};
    }));
    return count;
}

base::Json file_json(const FileRow& file) {
    base::Json json = {{"id", file.id},
                       {"object", "file"},
                       {"bytes", file.bytes},
                       {"created_at", file.created_ms / 1000},
                       {"filename", file.filename},
                       {"purpose", file.purpose},
                       {"status", "processed"},
                       {"expires_at", nullptr}};
    if (file.expires_ms) json["expires_at"] = *file.expires_ms / 1000;
    return json;
}

}  // namespace server
