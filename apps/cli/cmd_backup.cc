#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cinttypes>
#include <memory>

#include "apps/cli/commands.h"
#include "apps/cli/options.h"
#include "apps/cli/server_options.h"
#include "apps/server/backup.h"

namespace apps {
namespace {

struct BackupArguments {
    ServerArguments common;
    std::string folder;
};

void show(const server::BackupProgress& done) {
    if (!isatty(STDERR_FILENO)) return;
    std::fprintf(stderr, "\r%" PRId64 " of %" PRId64 " blobs, %.1f MB%s", done.blobs_done,
                 done.blobs, static_cast<double>(done.bytes_done) / 1e6,
                 done.blobs_done == done.blobs ? "\n" : "");
}

using Work = base::Status (*)(const server::Config&, const std::string&,
                              const std::function<void(const server::BackupProgress&)>&);

int run_work(const BackupArguments& given, Work work, const char* said) {
    auto config = read_server_config(given.common);
    if (!config.ok()) return report_error(config.error());
    if (const auto finished = server::finish_config(*config); !finished.ok())
        return report_error(finished.error());
    const base::Status done = work(*config, given.folder, show);
    if (!done.ok()) return report_error(done.error());
    std::printf("%s %s\n", said, given.folder.c_str());
    return kExitOk;
}

}  // namespace

void add_backup_commands(CLI::App& app, Run& run) {
    auto given = std::make_shared<BackupArguments>();
    CLI::App* save = app.add_subcommand("backup",
                                        "Save a server's data into a folder, while it runs\n"
                                        "Example:  aozora backup -o /mnt/backup      (again into "
                                        "the same folder: only what is new)");
    add_server_options(*save, given->common);
    save->add_option("-o,--output", given->folder, "The backup's folder")->required();
    save->callback([given, &run] {
        run = [given] { return run_work(*given, server::backup, "backed up into"); };
    });
    CLI::App* back =
        app.add_subcommand("restore",
                           "Put a backup into an empty data folder\n"
                           "Example:  aozora restore /mnt/backup --data /var/lib/aozora");
    add_server_options(*back, given->common);
    back->add_option("FOLDER", given->folder, "The backup's folder")->required();
    back->callback([given, &run] {
        run = [given] { return run_work(*given, server::restore, "restored from"); };
    });
}

}  // namespace apps
