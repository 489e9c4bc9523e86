// What make, remix and extend share: a shot list becomes a film, with progress and an honest end.
#pragma once

#include <string>

#include "apps/cli/options.h"
#include "script/shots/shot_list.h"

namespace apps {

// Reads what the user named: FILE.fountain, FILE.shots.json, or else a prompt.
base::Result<script::Written> read_source(const std::string& source, const FilmOptions& options);

// Makes the film and prints where it lies and what became of the words. Exit code.
int run_film(const script::Written& written, const FilmOptions& options, const std::string& source);

// "SLUG.mp4", "SLUG-2.mp4" ...: a name that does not exist yet.
std::string free_name(const std::string& stem, const std::string& ending);

void print_report(const script::Report& report);

}  // namespace apps
