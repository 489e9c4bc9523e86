#include "apps/server/archive/characters.h"

#include "apps/server/core/secrets.h"

namespace server {
namespace {

constexpr const char* kSelect =
    "SELECT id, seq, project_id, name, status, traits, error_message, created_ms FROM characters ";

CharacterRow character_of(const store::Row& row) {
    CharacterRow character;
    character.id = row[0].text();
    character.seq = row[1].integer();
    character.project_id = row[2].integer();
    character.name = row[3].text();
    character.status = row[4].text();
    character.traits = row[5].text();
    character.error = row[6].text();
    character.created_ms = row[7].integer();
    return character;
}

base::Result<std::optional<CharacterRow>> one(store::Db& db, const char* where, store::Value key) {
    const store::Rows rows = TRY(db.read(std::string(kSelect) + where, {std::move(key)}));
    if (rows.empty()) return std::optional<CharacterRow>();
    return std::optional<CharacterRow>(character_of(rows[0]));
}

}  // namespace

base::Result<CharacterRow> create_character(store::Tx& tx, store::Queue& queue, int64_t project_id,
                                            int priority, const std::string& name,
                                            const store::Blob& clip) {
    CharacterRow character;
    character.id = new_id("char_");
    character.project_id = project_id;
    character.name = name;
    character.status = "processing";
    store::NewJob job;
    job.kind = "film";
    job.project_id = project_id;
    job.priority = priority + 1;  // somebody waits for the answer
    job.engine = "world";
    job.payload =
        base::Json(
            {{"payload", {{"schema", "aozora-job/1"}, {"task", "character"}, {"source", "source"}}},
             {"inputs",
              base::Json::array(
                  {{{"name", "source"}, {"sha256", clip.sha256}, {"bytes", clip.bytes}}})}})
            .dump();
    character.seq = TRY(queue.add(tx, job));
    const store::Rows rows =
        TRY(tx.query("INSERT INTO characters(id, seq, project_id, name, status, created_ms) "
                     "VALUES (?, ?, ?, ?, ?, {now}) RETURNING created_ms",
                     {character.id, character.seq, project_id, name, character.status}));
    character.created_ms = rows[0][0].integer();
    TRY(store::add_ref(tx, clip, "job:" + std::to_string(character.seq), "input:source"));
    return character;
}

base::Result<std::optional<CharacterRow>> find_character(store::Db& db, const std::string& id) {
    if (!may_be_id(id)) return std::optional<CharacterRow>();
    return one(db, "WHERE id = ?", id);
}

base::Result<std::optional<CharacterRow>> find_character_of_job(store::Db& db, int64_t seq) {
    return one(db, "WHERE seq = ?", seq);
}

base::Result<CharacterPage> list_characters(store::Db& db, int64_t project_id,
                                            std::optional<int64_t> after, int limit,
                                            bool ascending) {
    std::string sql = std::string(kSelect) + "WHERE project_id = ? AND status <> 'failed' ";
    store::Values args = {project_id};
    if (after) {
        sql += ascending ? "AND seq > ? " : "AND seq < ? ";
        args.emplace_back(*after);
    }
    sql += ascending ? "ORDER BY seq ASC LIMIT ?" : "ORDER BY seq DESC LIMIT ?";
    args.emplace_back(limit + 1);
    CharacterPage page;
    for (const store::Row& row : TRY(db.read(sql, args))) {
        if (static_cast<int>(page.rows.size()) == limit) {
            page.has_more = true;
            break;
        }
        page.rows.push_back(character_of(row));
    }
    return page;
}

base::Result<bool> delete_character(store::Tx& tx, store::Queue& queue, int64_t project_id,
                                    const std::string& id) {
    if (!may_be_id(id)) return false;
    const store::Rows rows =
        TRY(tx.query("DELETE FROM characters WHERE id = ? AND project_id = ? RETURNING seq, status",
                     {id, project_id}));
    if (rows.empty()) return false;
    TRY(store::drop_refs(tx, "character:" + id));
    const int64_t seq = rows[0][0].integer();
    if (rows[0][1].text() == "processing" && TRY(queue.cancel(tx, seq)))
        TRY(store::drop_refs(tx, "job:" + std::to_string(seq)));
    return true;
}

base::Status publish_character(store::Tx& tx, int64_t seq, const std::string& traits) {
    TRY(
        tx.execute("UPDATE characters SET status = 'ready', traits = ? WHERE seq = ? AND "
                   "status = 'processing'",
                   {traits, seq}));
    return {};
}

base::Status fail_character(store::Tx& tx, int64_t seq, const std::string& message) {
    TRY(
        tx.execute("UPDATE characters SET status = 'failed', error_message = ? WHERE seq = ? AND "
                   "status = 'processing'",
                   {message, seq}));
    return {};
}

base::Json character_json(const CharacterRow& character) {
    return {{"id", character.id},
            {"name", character.name},
            {"created_at", character.created_ms / 1000}};
}

}  // namespace server
