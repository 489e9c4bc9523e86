// One function per task of a job; make.cc chooses. The job has been checked by parse_job().
#pragma once

#include "studio/worker/workplace.h"

namespace studio {

base::Result<Made> create(Workplace& place);
base::Result<Made> change(Workplace& place);  // remix and edit
base::Result<Made> extend(Workplace& place);
base::Result<Made> loop(Workplace& place);
base::Result<Made> blend(Workplace& place);
base::Result<Made> recut(Workplace& place);
base::Result<Made> character(Workplace& place);

}  // namespace studio
