// Where a worker's files lie while it works. A folder is held by a lock on a file in it, so what a
// killed worker left behind can be told from what a living one needs.
#pragma once

#include <string>
#include <utility>

#include "base/core/result.h"

namespace studio {

class WorkFolder {
public:
    // Makes a new folder below `parent` ("" = the system's folder for temporary files) and removes
    // those of workers that are gone.
    static base::Result<WorkFolder> create(const std::string& parent);
    WorkFolder(WorkFolder&& other) noexcept;
    WorkFolder& operator=(WorkFolder&&) = delete;
    ~WorkFolder();  // removes it

    const std::string& path() const { return path_; }
    // At least 32 MiB free: with less no film can be begun.
    bool has_room() const;

private:
    WorkFolder() = default;
    std::string path_;
    int lock_ = -1;
};

// A folder below that vanishes with the object.
class JobFolder {
public:
    static base::Result<JobFolder> create(const WorkFolder& work, const std::string& name);
    JobFolder(JobFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    JobFolder& operator=(JobFolder&&) = delete;
    ~JobFolder();

    const std::string& path() const { return path_; }

private:
    JobFolder() = default;
    std::string path_;
};

}  // namespace studio
