#include "store/sql/postgres_dump.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/text/text.h"
#include "store/sql/durable.h"

extern char** environ;

namespace store {

using base::failed;
using base::Status;

namespace {

// Runs a program of the PATH with these environment variables added; its complaints go into
// `errors`. Secrets are handed over in the environment: a command line can be read by everybody.
int run_program(const std::vector<std::string>& arguments, const std::vector<std::string>& extra,
                std::string* errors) {
    std::vector<char*> argv, env;
    for (const std::string& each : arguments) argv.push_back(const_cast<char*>(each.c_str()));
    argv.push_back(nullptr);
    for (char** each = environ; *each; ++each) {
        if (std::strncmp(*each, "PG", 2) != 0) env.push_back(*each);
    }
    for (const std::string& each : extra) env.push_back(const_cast<char*>(each.c_str()));
    env.push_back(nullptr);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    pid_t child = -1;
    const int code = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), env.data());
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (code == 0) {
        char buffer[4096];
        for (ssize_t n;
             (n = ::read(ends[0], buffer, sizeof(buffer))) > 0 || (n < 0 && errno == EINTR);) {
            if (n > 0 && errors->size() < 4000) errors->append(buffer, static_cast<size_t>(n));
        }
    }
    ::close(ends[0]);
    if (code != 0) return code == ENOENT ? 127 : -1;
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

Status dump_postgres(const std::vector<std::string>& variables, const std::string& address,
                     const std::string& path) {
    const std::string temporary = path + ".part";
    ::unlink(temporary.c_str());
    const int made = ::open(temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (made < 0) return failed(std::string("cannot write: ") + std::strerror(errno), temporary);
    ::close(made);
    std::string errors;
    const int code = run_program(
        {"pg_dump", "--format=custom", "--no-password", "--file=" + temporary}, variables, &errors);
    if (code != 0) {
        ::unlink(temporary.c_str());
        if (code == 127) {
            return failed(
                "pg_dump is not installed here; run on a machine that has it: "
                "pg_dump --format=custom --file=" +
                    path,
                address);
        }
        return failed("pg_dump failed: " + std::string(base::trim(errors)), address);
    }
    return publish_file(temporary, path);
}

Status restore_postgres(const std::vector<std::string>& variables, const std::string& address,
                        const std::string& path) {
    const auto name = std::find_if(variables.begin(), variables.end(), [](const std::string& each) {
        return base::starts_with(each, "PGDATABASE=");
    });
    if (name == variables.end()) return failed("the address names no database", address);
    std::string errors;
    // Without --dbname it would print the SQL instead of running it.
    const int code =
        run_program({"pg_restore", "--no-owner", "--no-password", "--single-transaction",
                     "--exit-on-error", "--dbname=" + name->substr(name->find('=') + 1), path},
                    variables, &errors);
    if (code == 127) return failed("pg_restore is not installed here (postgresql-client)", path);
    if (code != 0) return failed("pg_restore failed: " + std::string(base::trim(errors)), path);
    return {};
}

}  // namespace store
