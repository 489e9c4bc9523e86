#include "studio/worker/make.h"

#include <filesystem>

#include "studio/worker/failure.h"
#include "studio/worker/tasks.h"

namespace studio {
namespace {

base::Status check_inputs(const Workplace& place) {
    std::vector<std::string> names = {place.job.image, place.job.source, place.job.source_b,
                                      place.job.reference};
    for (const JobKeyframe& key : place.job.keyframes) names.push_back(key.image);
    for (const std::string& name : names) {
        if (name.empty()) continue;
        std::error_code error;
        if (!std::filesystem::is_regular_file(place.input(name), error))
            return base::failed("the input \"" + name + "\" did not come along");
    }
    return {};
}

}  // namespace

base::Result<Made> make_job(const FilmJob& job, const std::string& folder,
                            const WorkOptions& options) {
    if (job.engine != "world" && job.engine != "neural" && !job.engine.empty())
        return reject("unsupported", "this worker has no engine \"" + job.engine + "\"");
    Workplace place{job, options, folder, ProgressMeter(options)};
    TRY(check_inputs(place));
    std::error_code error;
    for (const std::string& made : {place.output(""), place.part("")}) {
        std::filesystem::create_directories(made, error);
        if (error) return base::failed("cannot make the job's folders: " + error.message());
    }
    switch (job.task) {
        case Task::Create: return create(place);
        case Task::Remix:
        case Task::Edit: return change(place);
        case Task::Extend: return extend(place);
        case Task::Loop: return loop(place);
        case Task::Blend: return blend(place);
        case Task::Recut: return recut(place);
        case Task::Character: return character(place);
    }
    return base::failed("a task that nobody knows");
}

}  // namespace studio
