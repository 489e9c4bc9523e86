#include "apps/server/backup.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ctime>
#include <filesystem>
#include <set>

#include "base/json/json.h"
#include "base/text/text.h"
#include "media/atomic_file.h"
#include "store/blobs/blobs.h"
#include "store/sql/db.h"
#include "store/sql/migrate.h"

extern char** environ;

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

base::Status run_program(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    pid_t pid = 0;
    if (posix_spawnp(&pid, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0)
        return base::failed("cannot run " + words[0] + "; install postgresql-client");
    int status = 0;
    ::waitpid(pid, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return base::failed(words[0] + " failed; its message stands above");
    return {};
}

base::Status check_manifest(const std::string& folder, std::string& engine) {
    const auto text = media::read_file(folder + "/manifest.json", kMostManifestBytes);
    if (!text.ok())
        return base::usage_error("this folder holds no finished backup (no manifest.json)", folder);
    const auto manifest = TRY(base::parse_json(*text, folder + "/manifest.json"));
    if (!manifest.is_object() || manifest.value("schema", "") != "aozora-backup/1")
        return base::usage_error("unknown form of backup", folder + "/manifest.json");
    engine = manifest.value("engine", "");
    return {};
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
    TRY(media::write_file(folder + "/manifest.json",
                          base::Json({{"schema", "aozora-backup/1"},
                                      {"engine", sqlite ? "sqlite" : "postgres"},
                                      {"made_at", std::time(nullptr)},
                                      {"blobs", done.blobs},
                                      {"bytes", done.bytes_done}})
                                  .dump(2) +
                              "\n"));
    return {};
}

base::Status restore(const Config& config, const std::string& folder, const Progress& progress) {
    std::string engine;
    TRY(check_manifest(folder, engine));
    const bool to_postgres = base::starts_with(config.database, "postgres");
    if (to_postgres != (engine == "postgres")) {
        return base::usage_error("this backup is of a " + engine +
                                 " database; name one of that kind with --database");
    }
    auto copies = TRY(blobs_of(folder));
    auto blobs = TRY(store::BlobStore::open(config.blobs));
    std::vector<store::Blob> all;
    TRY(copies->each([&](const std::string& sha256, int64_t bytes, int64_t) -> base::Status {
        all.push_back({sha256, bytes});
        return {};
    }));
    std::error_code error;
    std::string target;
    if (!to_postgres) {
        target = base::starts_with(config.database, "sqlite:") ? config.database.substr(7)
                                                               : config.database;
        if (fs::exists(target)) {
            return base::usage_error(
                "there is a database already; restore into an empty data folder", target);
        }
    }
    BackupProgress done;
    done.blobs = static_cast<int64_t>(all.size());
    // Blobs first: a database that names films which are not there yet must never be seen.
    for (const store::Blob& blob : all) {
        TRY(copy_blob(*copies, *blobs, blob.sha256));
        ++done.blobs_done;
        done.bytes_done += blob.bytes;
        if (progress) progress(done);
    }
    if (to_postgres) {
        TRY(run_program({"pg_restore", "--no-owner", "--single-transaction", "--exit-on-error",
                         "--dbname", config.database, folder + "/database"}));
    } else {
        const std::string partial = target + ".partial";
        fs::copy_file(folder + "/database", partial, fs::copy_options::overwrite_existing, error);
        if (error) return base::failed("cannot copy the database: " + error.message(), partial);
        fs::rename(partial, target, error);
        if (error) return base::failed("cannot rename the database: " + error.message(), target);
    }
    auto db = TRY(store::Db::open(config.database));
    TRY(store::migrate(*db));
    for (const store::Blob& blob : TRY(named_blobs(*db))) {
        if (!TRY(blobs->size(blob.sha256)))
            return base::failed("the backup lacks blob " + blob.sha256 + "; take it again");
    }
    return {};
}

}  // namespace server
