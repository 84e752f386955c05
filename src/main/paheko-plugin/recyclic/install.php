<?php

namespace Paheko\Plugin\Recyclic;

Setup::run();
