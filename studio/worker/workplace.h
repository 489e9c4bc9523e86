// What every task of make.cc works with. For the .cc files of this folder.
#pragma once

#include <string>

#include "render/render.h"
#include "script/writer/write.h"
#include "studio/film/make_film.h"
#include "studio/worker/make.h"
#include "studio/worker/progress.h"

namespace studio {

struct Workplace {
    const FilmJob& job;
    const WorkOptions& options;
    std::string folder;
    ProgressMeter meter;

    std::string input(const std::string& name) const { return folder + "/inputs/" + name; }
    std::string output(const std::string& file) const { return folder + "/outputs/" + file; }
    std::string part(const std::string& name) const { return folder + "/parts/" + name; }
};

// Errors (reject): the words of the job's options that we do not know.
base::Result<render::Quality> quality_of(const FilmJob& job);
base::Result<std::optional<script::Style>> style_of(const FilmJob& job);
// Size, rate, seed and style of the job where it gives them; the others stay.
base::Status apply_options(const FilmJob& job, script::ShotList& list);
base::Error too_long(double seconds, double most_seconds);

}  // namespace studio
