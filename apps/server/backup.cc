#include "apps/server/backup.h"

#include <ctime>
#include <filesystem>
#include <set>

#include "base/core/sha256.h"
#include "base/json/json.h"
#include "base/text/text.h"
#include "media/atomic_file.h"
#include "store/blobs/blobs.h"
#include "store/sql/db.h"
#include "store/sql/durable.h"
#include "store/sql/migrate.h"

namespace server {
namespace {

namespace fs = std::filesystem;
using Progress = std::function<void(const BackupProgress&)>;

constexpr int64_t kMostManifestBytes = 1 << 20;

// A backup's blobs are a blob store themselves: written durably, hashed while being taken.
base::Result<std::unique_ptr<store::BlobStore>> blobs_of(const std::string& folder) {
    return store::BlobStore::open("dir:" + folder + "/blobs");
}

base::Result<std::vector<store::Blob>> named_blobs(store::Db& db) {
    std::vector<store::Blob> blobs;
    for (const store::Row& row : TRY(db.read(
             "SELECT DISTINCT b.sha256, b.bytes FROM blobs b JOIN blob_refs r ON r.blob = b.sha256 "
             "ORDER BY b.sha256")))
        blobs.push_back({row[0].text(), row[1].integer()});
    return blobs;
}

base::Status copy_blob(store::BlobStore& from, store::BlobStore& to, const std::string& sha256) {
    const std::string path = to.incoming_dir() + "/copy-" + sha256;
    TRY(from.copy_to(sha256, path));
    // Hashed by put_file itself, not believed: a damaged file must not become a good one's copy.
    const store::Blob put = TRY(to.put_file(path));
    if (put.sha256 != sha256) {
        (void)to.remove(put.sha256);
        return base::failed("blob " + sha256 + " is damaged: it hashes to " + put.sha256);
    }
    return {};
}

struct Manifest {
    std::string engine, database_sha256;
    int64_t blobs = 0, bytes = 0;
};

base::Result<Manifest> read_manifest(const std::string& folder) {
    const std::string path = folder + "/manifest.json";
    const auto text = media::read_file(path, kMostManifestBytes);
    if (!text.ok())
        return base::usage_error("this folder holds no finished backup (no manifest.json)", folder);
    const auto json = TRY(base::parse_json(*text, path));
    const auto at = [&](const char* name) -> const base::Json& {
        static const base::Json none;
        const auto found = json.find(name);
        return found == json.end() ? none : *found;
    };
    if (!json.is_object() || at("schema") != "aozora-backup/1" || !at("engine").is_string() ||
        !at("database_sha256").is_string() || !at("blobs").is_number_integer() ||
        !at("bytes").is_number_integer())
        return base::usage_error("this is no backup that this program understands", path);
    return Manifest{at("engine"), at("database_sha256"), at("blobs"), at("bytes")};
}

base::Status check_hash(const std::string& path, const std::string& sha256) {
    if (TRY(base::sha256_hex_of_file(path)) != sha256)
        return base::failed("this part of the backup is damaged; nothing was restored", path);
    return {};
}

// Refuses a database that holds something; gives the file's path on SQLite.
base::Result<std::string> empty_target(const Config& config) {
    constexpr const char* kAdvice = "there is a database already; restore into an empty one";
    if (!base::starts_with(config.database, "postgres")) {
        const std::string path = base::starts_with(config.database, "sqlite:")
                                     ? config.database.substr(7)
                                     : config.database;
        if (fs::exists(path)) return base::usage_error(kAdvice, path);
        return path;
    }
    const auto db = TRY(store::Db::open(config.database));
    const store::Rows tables =
        TRY(db->read("SELECT COUNT(*) FROM pg_class c JOIN pg_namespace n ON n.oid = "
                     "c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r'"));
    if (tables[0][0].integer() != 0) return base::usage_error(kAdvice, "--database");
    return std::string();
}

// What a restore has put into the store and takes back unless it succeeds.
class NewBlobs {
public:
    explicit NewBlobs(store::BlobStore& blobs) : blobs_(blobs) {}
    ~NewBlobs() {
        for (const std::string& sha256 : names_) (void)blobs_.remove(sha256);
    }
    NewBlobs(const NewBlobs&) = delete;
    base::Status take(store::BlobStore& from, const std::string& sha256) {
        const bool there = TRY(blobs_.exists(sha256));
        TRY(copy_blob(from, blobs_, sha256));
        if (!there) names_.push_back(sha256);
        return {};
    }
    void keep() { names_.clear(); }

private:
    store::BlobStore& blobs_;
    std::vector<std::string> names_;
};

base::Status check_restored(store::Db& db, store::BlobStore& blobs) {
    TRY(store::migrate(db));
    for (const store::Blob& blob : TRY(named_blobs(db))) {
        const auto bytes = TRY(blobs.size(blob.sha256));
        if (!bytes || *bytes != blob.bytes)
            return base::failed("the backup lacks blob " + blob.sha256 + "; take it again");
    }
    return {};
}

// Under another name until it is known to be whole and of a version that this program knows.
base::Status restore_sqlite(const std::string& from, const std::string& target,
                            store::BlobStore& blobs) {
    struct Partial {
        std::string path;
        ~Partial() {
            std::error_code ignored;
            for (const char* ending : {"", "-wal", "-shm"}) fs::remove(path + ending, ignored);
        }
    } const partial{target + ".partial"};
    std::error_code error;
    fs::copy_file(from, partial.path, fs::copy_options::overwrite_existing, error);
    if (error) return base::failed("cannot copy the database: " + error.message(), partial.path);
    {
        auto db = store::Db::open("sqlite:" + partial.path);
        base::Status checked = db.ok() ? check_restored(**db, blobs) : base::Status(db.error());
        if (!checked.ok()) return base::Error{checked.error().kind, checked.error().message, from};
    }
    return store::publish_file(partial.path, target);
}

}  // namespace

base::Status backup(const Config& config, const std::string& folder, const Progress& progress) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return base::failed("cannot make the folder: " + error.message(), folder);
    auto db = TRY(store::Db::open(config.database));
    auto blobs = TRY(store::BlobStore::open(config.blobs));
    auto copies = TRY(blobs_of(folder));
    // From now on this is no finished backup.
    fs::remove(folder + "/manifest.json", error);
    TRY(db->backup(folder + "/database.partial"));
    fs::rename(folder + "/database.partial", folder + "/database", error);
    if (error) return base::failed("cannot rename the database's copy: " + error.message(), folder);

    const bool sqlite = db->engine() == store::Engine::Sqlite;
    std::unique_ptr<store::Db> snapshot;
    if (sqlite) snapshot = TRY(store::Db::open("sqlite:" + folder + "/database"));
    const std::vector<store::Blob> wanted = TRY(named_blobs(sqlite ? *snapshot : *db));
    snapshot.reset();
    // Opening the copy may have left its journal files beside it.
    for (const char* ending : {"-wal", "-shm"}) fs::remove(folder + "/database" + ending, error);

    BackupProgress done;
    done.blobs = static_cast<int64_t>(wanted.size());
    std::set<std::string> names;
    for (const store::Blob& blob : wanted) {
        names.insert(blob.sha256);
        const auto there = TRY(copies->size(blob.sha256));
        if (!there || *there != blob.bytes) TRY(copy_blob(*blobs, *copies, blob.sha256));
        ++done.blobs_done;
        done.bytes_done += blob.bytes;
        if (progress) progress(done);
    }
    std::vector<std::string> old;
    TRY(copies->each([&](const std::string& sha256, int64_t, int64_t) -> base::Status {
        if (!names.count(sha256)) old.push_back(sha256);
        return {};
    }));
    for (const std::string& sha256 : old) TRY(copies->remove(sha256));
    const std::string database_sha256 = TRY(base::sha256_hex_of_file(folder + "/database"));
    TRY(media::write_file(folder + "/manifest.json",
                          base::Json({{"schema", "aozora-backup/1"},
                                      {"engine", sqlite ? "sqlite" : "postgres"},
                                      {"made_at", std::time(nullptr)},
                                      {"database_sha256", database_sha256},
                                      {"blobs", done.blobs},
                                      {"bytes", done.bytes_done}})
                                  .dump(2) +
                              "\n"));
    return {};
}

base::Status restore(const Config& config, const std::string& folder, const Progress& progress) {
    const Manifest manifest = TRY(read_manifest(folder));
    const bool to_postgres = base::starts_with(config.database, "postgres");
    if (to_postgres != (manifest.engine == "postgres")) {
        return base::usage_error("this backup is of a " + manifest.engine +
                                     " database; name one of that kind with --database",
                                 folder);
    }
    const std::string target = TRY(empty_target(config));
    const std::string database = folder + "/database";
    TRY(check_hash(database, manifest.database_sha256));
    auto copies = TRY(blobs_of(folder));
    std::vector<std::string> all;
    BackupProgress done;
    int64_t bytes_in_all = 0;
    TRY(copies->each([&](const std::string& sha256, int64_t bytes, int64_t) -> base::Status {
        all.push_back(sha256);
        bytes_in_all += bytes;
        return {};
    }));
    done.blobs = static_cast<int64_t>(all.size());
    if (done.blobs != manifest.blobs || bytes_in_all != manifest.bytes) {
        return base::failed("the backup should hold " + std::to_string(manifest.blobs) +
                                " blobs of " + std::to_string(manifest.bytes) +
                                " bytes, but holds " + std::to_string(done.blobs) + " of " +
                                std::to_string(bytes_in_all) + "; nothing was restored",
                            folder + "/blobs");
    }
    auto blobs = TRY(store::BlobStore::open(config.blobs));
    // Blobs first: a database that names films which are not there yet must never be seen.
    NewBlobs taken(*blobs);
    for (const std::string& sha256 : all) {
        TRY(taken.take(*copies, sha256));
        ++done.blobs_done;
        done.bytes_done += TRY(copies->size(sha256)).value_or(0);
        if (progress) progress(done);
    }
    if (to_postgres) {
        auto db = TRY(store::Db::open(config.database));
        const base::Status restored =
            db->restore(database, [&] { return check_restored(*db, *blobs); });
        if (!restored.ok()) {
            const base::Error& error = restored.error();
            return base::Error{error.kind, error.message,
                               error.where.empty() ? database : error.where};
        }
    } else {
        TRY(restore_sqlite(database, target, *blobs));
    }
    taken.keep();
    return {};
}

}  // namespace server
