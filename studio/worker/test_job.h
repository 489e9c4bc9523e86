// Folders with inputs, and the smallest films, for this folder's tests.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "media/test_film.h"
#include "studio/worker/make.h"

namespace studio::testing {

inline FilmJob tiny_job(Task task, const std::string& prompt) {
    FilmJob job;
    job.task = task;
    job.prompt = prompt;
    job.quality = "draft";
    if (task == Task::Create) {
        job.width_px = 160;
        job.height_px = 90;
        job.seconds = 1;
    }
    return job;
}

// A job's folder; make() puts films in as inputs.
class Bench {
public:
    std::string operator/(const std::string& name) const { return folder_ / name; }
    void put(const std::string& file, const std::string& input) {
        std::filesystem::create_directories(folder_ / "inputs");
        std::filesystem::copy_file(file, folder_ / ("inputs/" + input),
                                   std::filesystem::copy_options::overwrite_existing);
    }
    base::Result<Made> make(const FilmJob& job, WorkOptions options = {}) {
        options.sandbox.program.clear();  // the tests' own files
        std::filesystem::create_directories(folder_ / "inputs");
        return make_job(job, folder_ / "", options);
    }

private:
    media::testing::Folder folder_;
};

}  // namespace studio::testing
