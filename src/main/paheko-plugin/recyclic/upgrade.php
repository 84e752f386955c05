<?php

namespace Paheko\Plugin\Recyclic;

use Paheko\DB;

DB::getInstance()->exec(Schema::SQL);
