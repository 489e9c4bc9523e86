// Characters: a name and what a clip of them looked like. The job whose id is `seq` reads the clip.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json/json.h"
#include "store/blobs/blobs.h"
#include "store/queue/queue.h"
#include "store/sql/db.h"

namespace server {

struct CharacterRow {
    std::string id;
    int64_t seq = 0, project_id = 0;
    std::string name;
    std::string status;  // "processing", "ready", "failed"
    std::string traits;  // JSON, "" until ready
    std::string error;
    int64_t created_ms = 0;
};

base::Result<CharacterRow> create_character(store::Tx& tx, store::Queue& queue, int64_t project_id,
                                            int priority, const std::string& name,
                                            const store::Blob& clip);
base::Result<std::optional<CharacterRow>> find_character(store::Db& db, const std::string& id);
base::Result<std::optional<CharacterRow>> find_character_of_job(store::Db& db, int64_t seq);
struct CharacterPage {
    std::vector<CharacterRow> rows;
    bool has_more = false;
};
base::Result<CharacterPage> list_characters(store::Db& db, int64_t project_id,
                                            std::optional<int64_t> after, int limit,
                                            bool ascending);
base::Result<bool> delete_character(store::Tx& tx, store::Queue& queue, int64_t project_id,
                                    const std::string& id);
// Within the transaction that ends the job; nothing when the job was not a character's.
base::Status publish_character(store::Tx& tx, int64_t seq, const std::string& traits);
base::Status fail_character(store::Tx& tx, int64_t seq, const std::string& message);

// {id, name, created_at}: OpenAI's character has no object and no status.
base::Json character_json(const CharacterRow& character);

}  // namespace server
