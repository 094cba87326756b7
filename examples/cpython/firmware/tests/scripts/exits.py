import sys

import enroll.sys

sys.exit(3)
