#include "apps/cli/checkup.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "apps/server/core/origin.h"
#include "apps/server/http/listen.h"
#include "apps/server/http/tls.h"
#include "base/text/text.h"
#include "store/blobs/blobs.h"
#include "store/sql/migrate.h"
#include "studio/worker/sandbox.h"

namespace apps {
namespace {

namespace fs = std::filesystem;

std::string without_prefix(const std::string& text, std::string_view prefix) {
    return base::starts_with(text, prefix) ? text.substr(prefix.size()) : text;
}

// The folder itself, or where it would be made.
std::string nearest_folder(fs::path path) {
    std::error_code error;
    while (!fs::exists(path, error) && path.has_relative_path()) path = path.parent_path();
    return path.string();
}

// Tried, not asked: root may write anywhere, says access(), and yet not below /proc.
bool can_write(const std::string& folder) {
    std::string probe = folder + "/.aozora-XXXXXX";
    if (::mkdtemp(probe.data()) == nullptr) return false;
    ::rmdir(probe.c_str());
    return true;
}

bool check_folder(const std::string& what, const std::string& path, Checkup& checkup) {
    std::error_code error;
    const bool there = fs::exists(path, error);
    const std::string nearest = nearest_folder(path);
    const bool ok = fs::is_directory(nearest, error) && can_write(nearest);
    checkup.line(ok, what,
                 ok ? path + (there ? "" : " (will be made)") : "cannot be written to: " + nearest);
    return ok;
}

bool is_served(const std::string& data_dir) {
    const int lock = ::open((data_dir + "/lock").c_str(), O_RDWR | O_CLOEXEC);
    if (lock < 0) return false;
    const bool held = ::flock(lock, LOCK_EX | LOCK_NB) != 0;
    ::close(lock);
    return held;
}

void check_addresses(const server::Config& config, bool served, Checkup& checkup) {
    for (const std::string& address : config.listen) {
        const auto listener = http::Listener::open(address);
        if (!listener.ok() && served)
            checkup.hint("address", address + " is taken; a server runs on this data folder");
        else
            checkup.line(listener.ok(), "address",
                         listener.ok() ? address + " is free" : listener.error().text());
        const std::string host = server::host_name(address);
        const bool inside = base::starts_with(address, "unix:") || host == "localhost" ||
                            base::starts_with(host, "127.") || host == "::1";
        if (!inside && config.tls_cert.empty()) {
            checkup.hint("TLS", address +
                                    " is seen by other machines: give --tls-cert and --tls-key, or "
                                    "put a proxy with TLS in front");
        }
    }
    if (!config.tls_cert.empty()) {
        const auto context = http::make_tls_context(config.tls_cert, config.tls_key);
        checkup.line(context.ok(), "TLS", context.ok() ? config.tls_cert : context.error().text());
    }
}

void check_database(const server::Config& config, Checkup& checkup) {
    const bool postgres = base::starts_with(config.database, "postgres");
    const std::string file = without_prefix(config.database, "sqlite:");
    std::error_code error;
    if (!postgres && !fs::exists(file, error)) {
        checkup.line(::access(nearest_folder(file).c_str(), W_OK) == 0, "database",
                     file + " (will be made)");
        return;
    }
    auto db = store::Db::open(config.database);
    const base::Status answers = db.ok() ? (*db)->ping() : base::Status(db.error());
    if (!answers.ok()) {
        checkup.line(false, "database", answers.error().text());
        return;
    }
    const int ours = store::all_migrations().back().number;
    // A database without that table is an empty one.
    const auto applied = (*db)->read("SELECT MAX(number) FROM migrations");
    const int64_t number = applied.ok() ? applied->at(0)[0].integer() : 0;
    const std::string name = postgres ? "PostgreSQL answers" : file;
    checkup.line(number <= ours, "database",
                 number > ours ? name + ", but a newer Aozora has used it"
                 : number == ours
                     ? name
                     : name + " (will be brought from version " + std::to_string(number) + " to " +
                           std::to_string(ours) + " at the start)");
    if (postgres && std::system("pg_dump --version >/dev/null 2>&1") != 0)
        checkup.hint("pg_dump", "not installed: aozora backup needs it (postgresql-client)");
}

void check_blobs(const server::Config& config, Checkup& checkup) {
    if (!base::starts_with(config.blobs, "s3:")) {
        check_folder("films", without_prefix(config.blobs, "dir:"), checkup);
        return;
    }
    const auto blobs = store::BlobStore::open(config.blobs);
    const auto answer =
        blobs.ok() ? (*blobs)->exists(std::string(64, '0')) : base::Result<bool>(blobs.error());
    checkup.line(answer.ok(), "films",
                 answer.ok() ? "the object store answers" : answer.error().text());
}

}  // namespace

void Checkup::line(bool ok, const std::string& what, const std::string& detail) {
    std::printf("%s  %-18s %s\n", ok ? "ok   " : "LACKS", what.c_str(), detail.c_str());
    good_ = good_ && ok;
}

void Checkup::hint(const std::string& what, const std::string& detail) {
    std::printf("note   %-18s %s\n", what.c_str(), detail.c_str());
}

void check_server(const ServerArguments& arguments, const std::vector<std::string>& listen,
                  Checkup& checkup) {
    auto read = read_server_config(arguments);
    if (!read.ok()) {
        checkup.line(false, "configuration", read.error().text());
        return;
    }
    server::Config config = std::move(*read);
    if (!listen.empty()) config.listen = listen;
    if (const base::Status placed = server::place_data(config); !placed.ok()) {
        checkup.line(false, "configuration", placed.error().text());
        return;
    }
    if (!arguments.config_file.empty()) checkup.line(true, "configuration", arguments.config_file);
    const bool served = is_served(config.data_dir);
    if (check_folder("data", config.data_dir, checkup)) {
        struct statvfs room {};
        const bool known = ::statvfs(nearest_folder(config.data_dir).c_str(), &room) == 0;
        const auto free = static_cast<int64_t>(room.f_bavail) * static_cast<int64_t>(room.f_frsize);
        checkup.line(known && free >= config.low_disk_bytes, "room",
                     std::to_string(free >> 20) + " MiB free there, new work is refused below " +
                         std::to_string(config.low_disk_bytes >> 20));
    }
    check_addresses(config, served, checkup);
    check_database(config, checkup);
    check_blobs(config, checkup);
    if (studio::bubblewrap_works("/proc/self/exe"))
        checkup.line(true, "sandbox", "strangers' files are decoded by a confined process");
    else
        checkup.hint("sandbox",
                     "bubblewrap is missing or may do nothing here: strangers' files are decoded "
                     "in a child process with limits only (apt-get install bubblewrap)");
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_max < static_cast<rlim_t>(config.most_connections))
        checkup.hint("open files", "at most " + std::to_string(files.rlim_max) + ", fewer than " +
                                       std::to_string(config.most_connections) +
                                       " connections (LimitNOFILE of the unit)");
}

}  // namespace apps
