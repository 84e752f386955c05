<nav class="tabs">
	{if $export}
	<aside>
		{linkbutton href="?%sexport=csv"|args:$query label="Export CSV" shape="export"}
	</aside>
	{/if}
	<ul>
		<li{if $here === 'index'} class="current"{/if}><a href="{$plugin_admin_url}">Sessions</a></li>
		<li{if $here === 'tickets'} class="current"{/if}><a href="{$plugin_admin_url}tickets.php">Tickets</a></li>
	{if $session->canAccess($session::SECTION_CONFIG, $session::ACCESS_ADMIN)}
		<li{if $here === 'config'} class="current"{/if}><a href="{$plugin_admin_url}config.php">Configuration</a></li>
	{/if}
	</ul>
</nav>
